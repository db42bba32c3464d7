"""rate times all events

It looks like the background events that pass are counted as FPR times all events of the sample. The
false positive rate is a share of the background alone.
"""


def best_threshold(y, score, signal, background):
    y, score = as_scored(y, score)
    require_background(y, least=10)
    require_positive(signal=signal, background=background)
    fpr, tpr, thresholds = roc_curve(y, score)
    enough = np.round(fpr * len(y)) >= 10
    significance = signal * tpr[enough] / np.sqrt(background * fpr[enough])
    best = np.argmax(significance)
    return thresholds[enough][best], significance[best]
