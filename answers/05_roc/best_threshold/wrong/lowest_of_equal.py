"""the lowest of equally good thresholds

It looks like the last of several equally good thresholds is taken. Take the highest: it leaves
fewer events to look at.

Breaks: of equally good ones
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

    tpr, fpr, tp, fp, cuts = (a[fp >= 10] for a in (tpr, fpr, tp, fp, cuts))

    value = signal * tpr / np.sqrt(background * fpr)
    best = np.flatnonzero(value >= value.max() * (1 - 1e-12))[-1]
    return cuts[best], value[best]
