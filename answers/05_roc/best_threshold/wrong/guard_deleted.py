"""guard line deleted

It looks like a line of the stub that checks the input is missing or changed. Put it back: it turns lists
into arrays, and refuses in words what does not fit.

Breaks: If y and score do not fit
"""


def best_threshold(y, score, signal, background):
    y, score = np.asarray(y), np.asarray(score, dtype=float)
    require_background(y, least=10)
    require_positive(signal=signal, background=background)
    cuts = np.unique(score)[::-1]
    tp = np.array([np.sum((score >= t) & (y == 1)) for t in cuts])
    fp = np.array([np.sum((score >= t) & (y == 0)) for t in cuts])
    value = np.where(fp >= 10, signal * tp / np.sum(y == 1) / np.sqrt(background * np.maximum(fp, 1) / np.sum(y == 0)), 0)
    return cuts[np.argmax(value)], value.max()
