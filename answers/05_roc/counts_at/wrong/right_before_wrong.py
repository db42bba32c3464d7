"""TP, TN, FP, FN

It looks like the right ones come first and the wrong ones then. The order under Returns is
another.
"""


def counts_at(y, score, threshold):
    y, score = as_scored(y, score, both=False)
    require_cut(threshold)
    positive = score >= threshold
    tp, fp = np.sum(positive & (y == 1)), np.sum(positive & (y == 0))
    return tp, np.sum(y == 0) - fp, fp, np.sum(y == 1) - tp
