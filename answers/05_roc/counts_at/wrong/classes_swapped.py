"""the classes swapped

It looks like 0 is taken for signal and 1 for background. It is the other way round.

Breaks: Truth (1 signal
"""


def counts_at(y, score, threshold):
    y, score = as_scored(y, score, both=False)
    require_cut(threshold)
    positive = score >= threshold
    tp, fp = np.sum(positive & (y == 0)), np.sum(positive & (y == 1))
    return tp, fp, np.sum(y == 0) - tp, np.sum(y == 1) - fp
