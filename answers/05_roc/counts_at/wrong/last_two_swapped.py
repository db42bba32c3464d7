"""FN and TN swapped

It looks like the last two counts have changed places. The order is TP, FP, FN, TN: first those
called positive, then those called negative, and of these the signal first.
"""


def counts_at(y, score, threshold):
    y, score = as_scored(y, score, both=False)
    require_cut(threshold)
    positive = score >= threshold
    tp, fp = np.sum(positive & (y == 1)), np.sum(positive & (y == 0))
    return tp, fp, np.sum(y == 0) - fp, np.sum(y == 1) - tp
