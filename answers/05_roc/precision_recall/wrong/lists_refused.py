"""lists not turned into arrays

It looks like the function works on arrays only and fails for a list. Leave the stub's first lines in
place: they turn lists into arrays.

Breaks: y, score : array_like
"""


def precision_recall(y, score):
    cuts = np.unique(score)[::-1]
    tp = np.array([np.sum((score >= t) & (y == 1)) for t in cuts])
    fp = np.array([np.sum((score >= t) & (y == 0)) for t in cuts])
    return tp / (tp + fp), tp / np.sum(y == 1), cuts
