"""all that fail counted as FN

It looks like every event below the threshold is a false negative. Only signal is missed:
background below it is rejected rightly.
"""


def counts_at(y, score, threshold):
    y, score = as_scored(y, score, both=False)
    require_cut(threshold)
    positive = score >= threshold
    tp, fp = np.sum(positive & (y == 1)), np.sum(positive & (y == 0))
    return tp, fp, np.sum(~positive), np.sum(y == 0) - fp
