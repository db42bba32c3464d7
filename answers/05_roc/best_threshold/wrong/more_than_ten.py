"""more than 10 in place of at least 10

It looks like a threshold that exactly 10 background events pass is not allowed. At least 10
includes 10. (And a count made from a rate may be off in its last digit: round it.)
"""


def best_threshold(y, score, signal, background):
    y, score = as_scored(y, score)
    require_background(y, least=10)
    require_positive(signal=signal, background=background)
    fpr, tpr, thresholds = roc_curve(y, score)
    enough = np.round(fpr * np.sum(y == 0)) > 10
    value = signal * tpr[enough] / np.sqrt(background * fpr[enough])
    best = np.argmax(value)
    return thresholds[enough][best], value[best]
