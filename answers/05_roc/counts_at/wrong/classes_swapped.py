"""the classes swapped

It looks like 0 is taken for signal and 1 for background. It is the other way round.
"""


def counts_at(y, score, threshold):
    y, score = as_scored(y, score, both=False)
    positive = score >= threshold
    tp, fp = np.sum(positive & (y == 0)), np.sum(positive & (y == 1))
    return tp, fp, np.sum(y == 0) - tp, np.sum(y == 1) - fp
