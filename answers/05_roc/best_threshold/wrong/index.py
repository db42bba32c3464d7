"""the index in place of the threshold

It looks like you return at which place the best threshold stands. Look up the score that stands
there.

Breaks: threshold : float
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
    return np.argmax(value), np.max(value)
