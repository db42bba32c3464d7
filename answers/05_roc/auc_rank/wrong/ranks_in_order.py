"""tied events get different ranks

It looks like equal scores get ranks one after the other, as they come in the file. Events that
tie all get the mean of their ranks.
"""


def auc_rank(y, score):
    y, score = as_scored(y, score)
    ranks = np.empty(len(y))
    ranks[np.argsort(score, kind="stable")] = np.arange(1, len(y) + 1)
    n1 = np.sum(y == 1)
    return (np.sum(ranks[y == 1]) - n1 * (n1 + 1) / 2) / (n1 * (len(y) - n1))
