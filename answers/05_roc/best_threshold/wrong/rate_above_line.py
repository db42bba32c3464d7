"""FPR above the line

It looks like FPR ends up above the line. Under the root stands the whole background that passes.
"""


def best_threshold(y, score, signal, background):
    y, score = as_scored(y, score)
    require_background(y, least=10)
    require_positive(signal=signal, background=background)
    fpr, tpr, thresholds = roc_curve(y, score)
    enough = np.round(fpr * np.sum(y == 0)) >= 10
    significance = signal * tpr[enough] / np.sqrt(background) * fpr[enough]
    best = np.argmax(significance)
    return thresholds[enough][best], significance[best]
