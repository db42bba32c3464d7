"""guard line deleted"""


def counts_at(y, score, threshold):
    y, score = as_scored(y, score, both=False)
    positive = score >= threshold
    tp, fp = np.sum(positive & (y == 1)), np.sum(positive & (y == 0))
    return tp, fp, np.sum(y == 1) - tp, np.sum(y == 0) - fp
