"""n₁(n₁+1)/2 not taken off

It looks like the sum of the ranks is used as it is. It also counts signal against signal: take
off n₁(n₁+1)/2.
"""


def auc_rank(y, score):
    y, score = as_scored(y, score)
    from scipy.stats import rankdata

    n1 = np.sum(y == 1)
    return np.sum(rankdata(score)[y == 1]) / (n1 * (len(y) - n1))
