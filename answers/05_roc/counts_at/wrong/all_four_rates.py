"""rates in place of counts"""


def counts_at(y, score, threshold):
    y, score = as_scored(y, score, both=False)
    require_cut(threshold)
    hit = score >= threshold
    n1, n0 = np.sum(y == 1), np.sum(y == 0)
    return np.sum(hit & (y == 1)) / n1, np.sum(hit & (y == 0)) / n0, np.sum(~hit & (y == 1)) / n1, np.sum(~hit & (y == 0)) / n0
