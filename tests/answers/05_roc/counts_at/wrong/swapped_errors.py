"""FP and FN swapped

It looks like false positives and false negatives have changed places. The second word says what
the event was called, the first whether that was right: a false positive is background that
passes.
"""


def counts_at(y, score, threshold):
    y, score = as_scored(y, score, both=False)
    positive = score >= threshold
    tp, fn = np.sum(positive & (y == 1)), np.sum(positive & (y == 0))
    return tp, np.sum(y == 1) - tp, fn, np.sum(y == 0) - fn
