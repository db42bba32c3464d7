"""FP and FN swapped

It looks like the second and the third count have changed places. The order is TP, FP, FN, TN.
And a false positive is background that passes: the second word says what the event was called,
the first whether that was right.
"""


def counts_at(y, score, threshold):
    y, score = as_scored(y, score, both=False)
    require_cut(threshold)
    positive = score >= threshold
    tp, fn = np.sum(positive & (y == 1)), np.sum(positive & (y == 0))
    return tp, np.sum(y == 1) - tp, fn, np.sum(y == 0) - fn
