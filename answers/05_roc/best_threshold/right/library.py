"""scikit-learn"""


def best_threshold(y, score, signal, background):
    y, score = as_scored(y, score)
    require_background(y, least=10)
    require_positive(signal=signal, background=background)
    from sklearn import metrics

    fpr, tpr, cuts = metrics.roc_curve(y, score, drop_intermediate=False)
    s, b = signal * tpr, background * fpr
    s[np.rint(fpr * np.sum(y == 0)) < 10] = 0
    value = s / np.sqrt(np.maximum(b, 1e-9))
    return cuts[np.argmax(value)], np.max(value)
