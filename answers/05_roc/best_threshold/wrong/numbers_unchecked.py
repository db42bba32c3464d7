"""guard line deleted"""


def best_threshold(y, score, signal, background):
    y, score = as_scored(y, score)
    require_background(y, least=10)
    cuts = np.unique(score)[::-1]
    tp = np.array([np.sum((score >= t) & (y == 1)) for t in cuts])
    fp = np.array([np.sum((score >= t) & (y == 0)) for t in cuts])
    value = np.where(fp >= 10, signal * tp / np.sum(y == 1) / np.sqrt(background * np.maximum(fp, 1) / np.sum(y == 0)), 0)
    return cuts[np.argmax(value)], value.max()
