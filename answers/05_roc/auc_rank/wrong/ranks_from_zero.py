"""ranks counted from 0

It looks like the lowest event has rank 0. With n₁(n₁+1)/2 the ranks begin at 1.
"""


def auc_rank(y, score):
    y, score = as_scored(y, score)
    from scipy.stats import rankdata

    n1 = np.sum(y == 1)
    return (np.sum(rankdata(score)[y == 1] - 1) - n1 * (n1 + 1) / 2) / (n1 * (len(y) - n1))
