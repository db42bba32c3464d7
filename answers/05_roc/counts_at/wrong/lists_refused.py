"""lists not turned into arrays

It looks like the function works on arrays only and fails for a list. Leave the stub's first lines in
place: they turn lists into arrays.

Breaks: y, score, threshold : array_like
"""


def counts_at(y, score, threshold):
    require_cut(threshold)
    positive = score >= threshold
    tp, fp = np.sum(positive & (y == 1)), np.sum(positive & (y == 0))
    return tp, fp, np.sum(y == 1) - tp, np.sum(y == 0) - fp
