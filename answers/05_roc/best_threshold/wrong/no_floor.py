"""a few lucky background events

It looks like thresholds that only a handful of background events pass are allowed. There b is
hardly known at all: use only thresholds that at least 10 background events of the sample pass.

Breaks: A score that at
"""


def best_threshold(y, score, signal, background):
    y, score = as_scored(y, score)
    require_background(y, least=10)
    require_positive(signal=signal, background=background)
    order = np.argsort(-score, kind="stable")
    y, score = y[order], score[order]
    last = np.append(np.diff(score) != 0, True)
    tp, fp, cuts = np.cumsum(y)[last], np.cumsum(1 - y)[last], score[last]
    tpr, fpr = tp / np.sum(y), fp / np.sum(1 - y)

    value = signal * tpr[fp > 0] / np.sqrt(background * fpr[fp > 0])
    return cuts[fp > 0][np.argmax(value)], np.max(value)
