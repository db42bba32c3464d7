"""looked up in the uncut array"""


def best_threshold(y, score, signal, background):
    y, score = as_scored(y, score)
    require_background(y, least=10)
    require_positive(signal=signal, background=background)
    fpr, tpr, thresholds = roc_curve(y, score)
    enough = np.round(fpr * np.sum(y == 0)) >= 10
    with np.errstate(divide="ignore", invalid="ignore"):
        significance = signal * tpr / np.sqrt(background * fpr)
    best = np.argmax(significance[enough])
    return thresholds[best], significance[best]
