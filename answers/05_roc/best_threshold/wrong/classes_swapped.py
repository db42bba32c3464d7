"""signal and background exchanged

It looks like the labels are read the wrong way round: 1 is signal, and its rate stands above the
root.

Breaks: Truth (1 signal
"""


def best_threshold(y, score, signal, background):
    y, score = as_scored(y, score)
    y = 1 - y
    require_background(y, least=10)
    require_positive(signal=signal, background=background)
    fpr, tpr, thresholds = roc_curve(y, score)
    enough = np.round(fpr * np.sum(y == 0)) >= 10
    significance = signal * tpr[enough] / np.sqrt(background * fpr[enough])
    best = np.argmax(significance)
    return thresholds[enough][best], significance[best]
