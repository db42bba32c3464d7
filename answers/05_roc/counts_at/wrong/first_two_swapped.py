"""TP and FP swapped

It looks like the first two counts have changed places. TP is signal that passes.
"""


def counts_at(y, score, threshold):
    y, score = as_scored(y, score, both=False)
    require_cut(threshold)
    positive = score >= threshold
    tp, fp = np.sum(positive & (y == 1)), np.sum(positive & (y == 0))
    return fp, tp, np.sum(y == 1) - tp, np.sum(y == 0) - fp
