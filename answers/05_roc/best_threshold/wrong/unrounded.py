"""count from a rate, not rounded

It looks like the number of background events is a rate times their number, and misses 10 by its last
digit: 77 · (10/77) is a little less than 10. Round it to a whole number.
"""


def best_threshold(y, score, signal, background):
    y, score = as_scored(y, score)
    require_background(y, least=10)
    require_positive(signal=signal, background=background)
    fpr, tpr, thresholds = roc_curve(y, score)
    allowed = fpr * np.sum(y == 0) >= 10
    z = np.zeros(len(fpr))
    z[allowed] = signal * tpr[allowed] / np.sqrt(background * fpr[allowed])
    return thresholds[np.argmax(z)], z.max()
