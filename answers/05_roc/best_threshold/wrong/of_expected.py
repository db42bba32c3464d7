"""ten of the expected background

It looks like the 10 events are counted in the background expected, B · FPR. They are events of the
sample: what matters is how many of those you have.
"""


def best_threshold(y, score, signal, background):
    y, score = as_scored(y, score)
    require_background(y, least=10)
    require_positive(signal=signal, background=background)
    fpr, tpr, thresholds = roc_curve(y, score)
    enough = np.round(fpr * background) >= 10
    significance = signal * tpr[enough] / np.sqrt(background * fpr[enough])
    best = np.argmax(significance)
    return thresholds[enough][best], significance[best]
