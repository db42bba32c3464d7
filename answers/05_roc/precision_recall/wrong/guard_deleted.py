"""guard line deleted

It looks like a line of the stub that checks the input is missing or changed. Put it back: it turns lists
into arrays, and refuses in words what does not fit.

Breaks: Raises ValueError if lengths differ
"""


def precision_recall(y, score):
    y, score = np.asarray(y), np.asarray(score, dtype=float)
    cuts = np.unique(score)[::-1]
    tp = np.array([np.sum((score >= t) & (y == 1)) for t in cuts])
    fp = np.array([np.sum((score >= t) & (y == 0)) for t in cuts])
    return tp / (tp + fp), tp / np.sum(y == 1), cuts
