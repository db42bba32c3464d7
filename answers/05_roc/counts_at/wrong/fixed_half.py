"""a threshold of one half

It looks like the cut is always at 0.5, whatever threshold is passed. A score need not be a
probability: use the argument.
"""


def counts_at(y, score, threshold):
    y, score = as_scored(y, score, both=False)
    require_cut(threshold)
    positive = score >= 0.5
    tp, fp = np.sum(positive & (y == 1)), np.sum(positive & (y == 0))
    return tp, fp, np.sum(y == 1) - tp, np.sum(y == 0) - fp
