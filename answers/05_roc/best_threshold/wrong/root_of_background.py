"""the root over B alone

It looks like the root covers B but not FPR. It is taken of the background that passes, the
whole product: look at where its bracket closes.
"""


def best_threshold(y, score, signal, background):
    y, score = as_scored(y, score)
    require_background(y, least=10)
    require_positive(signal=signal, background=background)
    fpr, tpr, thresholds = roc_curve(y, score)
    enough = np.round(fpr * np.sum(y == 0)) >= 10
    value = signal * tpr[enough] / (np.sqrt(background) * fpr[enough])
    best = np.argmax(value)
    return thresholds[enough][best], value[best]
