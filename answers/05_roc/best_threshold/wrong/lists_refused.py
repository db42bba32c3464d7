"""lists not turned into arrays

It looks like the function works on arrays only and fails for a list. Leave the stub's first lines in
place: they turn lists into arrays.

Breaks: y, score : array_like
"""


def best_threshold(y, score, signal, background):
    require_positive(signal=signal, background=background)
    cuts = np.unique(score)[::-1]
    tp = np.array([np.sum((score >= t) & (y == 1)) for t in cuts])
    fp = np.array([np.sum((score >= t) & (y == 0)) for t in cuts])
    value = np.where(fp >= 10, signal * tp / np.sum(y == 1) / np.sqrt(background * np.maximum(fp, 1) / np.sum(y == 0)), 0)
    return cuts[np.argmax(value)], value.max()
