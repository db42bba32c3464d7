"""one sort, counts and no rates"""


def best_threshold(y, score, signal, background):
    y, score = as_scored(y, score)
    require_background(y, least=10)
    require_positive(signal=signal, background=background)
    order = np.argsort(-score, kind="stable")
    y, score = y[order], score[order]
    last = np.append(np.diff(score) != 0, True)
    tp, fp, cuts = np.cumsum(y)[last], np.cumsum(1 - y)[last], score[last]
    value = np.where(
        fp >= 10,
        signal * tp / y.sum() / np.sqrt(background * np.maximum(fp, 1) / np.sum(y == 0)),
        0,
    )
    return cuts[value.argmax()], value.max()
