"""no background left"""


def best_threshold(y, score, signal, background):
    y, score = as_scored(y, score)
    require_background(y, least=10)
    require_positive(signal=signal, background=background)
    fpr, tpr, thresholds = roc_curve(y, score)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = signal * tpr[1:] / np.sqrt(background * fpr[1:])
    return thresholds[1:][np.argmax(value)], np.max(value)
