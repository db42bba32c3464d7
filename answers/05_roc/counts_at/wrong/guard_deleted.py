"""guard line deleted

It looks like a line of the stub that checks the input is missing or changed. Put it back: it turns lists
into arrays, and refuses in words what does not fit.

Breaks: Raises ValueError if lengths differ
"""


def counts_at(y, score, threshold):
    y, score = np.asarray(y), np.asarray(score, dtype=float)
    require_cut(threshold)
    positive = score >= threshold
    tp, fp = np.sum(positive & (y == 1)), np.sum(positive & (y == 0))
    return tp, fp, np.sum(y == 1) - tp, np.sum(y == 0) - fp
