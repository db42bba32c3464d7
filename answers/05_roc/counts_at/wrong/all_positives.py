"""all that pass counted as false

It looks like the second number counts every event that passes, signal too, and the last every
event that does not. False positives are the background among those that pass.
"""


def counts_at(y, score, threshold):
    y, score = as_scored(y, score, both=False)
    require_cut(threshold)
    positive = score >= threshold
    tp = np.sum(positive & (y == 1))
    return tp, np.sum(positive), np.sum(y == 1) - tp, np.sum(~positive)
