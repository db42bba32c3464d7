"""looked up in the uncut array

It looks like the place of the best is found in a shorter array and looked up in the whole one.
Look it up in thresholds that were cut in the same way.
"""


def best_threshold(y, score, signal, background):
    y, score = as_scored(y, score)
    require_background(y, least=10)
    require_positive(signal=signal, background=background)
    fpr, tpr, thresholds = roc_curve(y, score)
    enough = np.round(fpr * np.sum(y == 0)) >= 10
    value = signal * tpr[enough] / np.sqrt(background * fpr[enough])
    best = np.argmax(value)
    return thresholds[best], value[best]
