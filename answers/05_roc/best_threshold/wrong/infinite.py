"""no background left

It looks like the threshold lets no background event pass, and the significance is infinite. The
sample has run out of events there: use only thresholds that at least 10 background events pass.
"""


def best_threshold(y, score, signal, background):
    y, score = as_scored(y, score)
    require_background(y, least=10)
    require_positive(signal=signal, background=background)
    order = np.argsort(-score, kind="stable")
    y, score = y[order], score[order]
    last = np.append(np.diff(score) != 0, True)
    tp, fp, cuts = np.cumsum(y)[last], np.cumsum(1 - y)[last], score[last]
    tpr, fpr = tp / np.sum(y), fp / np.sum(1 - y)

    value = np.where(fp > 0, signal * tpr / np.sqrt(background * np.maximum(fpr, 1e-300)), np.inf)
    return cuts[np.argmax(value)], np.max(value)
