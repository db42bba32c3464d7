"""S and B cut to whole numbers

It looks like the numbers expected are rounded to whole ones. They are means, and need not be whole:
use them as they are.

Breaks: signal, background : float
"""


def best_threshold(y, score, signal, background):
    y, score = as_scored(y, score)
    require_background(y, least=10)
    require_positive(signal=signal, background=background)
    signal, background = int(signal), int(background)
    fpr, tpr, thresholds = roc_curve(y, score)
    enough = np.round(fpr * np.sum(y == 0)) >= 10
    significance = signal * tpr[enough] / np.sqrt(background * fpr[enough])
    best = np.argmax(significance)
    return thresholds[enough][best], significance[best]
