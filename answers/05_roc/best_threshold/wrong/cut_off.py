"""count from a rate, not rounded"""


def best_threshold(y, score, signal, background):
    y, score = as_scored(y, score)
    require_background(y, least=10)
    require_positive(signal=signal, background=background)
    fpr, tpr, thresholds = roc_curve(y, score)
    allowed = (fpr * np.sum(y == 0)).astype(int) >= 10
    value = signal * tpr[allowed] / np.sqrt(background * fpr[allowed])
    return thresholds[allowed][np.argmax(value)], value.max()
