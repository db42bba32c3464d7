"""background above signal"""


def auc_rank(y, score):
    y, score = as_scored(y, score)
    from scipy.stats import rankdata

    n0 = np.sum(y == 0)
    return (np.sum(rankdata(score)[y == 0]) - n0 * (n0 + 1) / 2) / (n0 * (len(y) - n0))
