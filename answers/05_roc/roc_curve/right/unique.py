"""counts for each distinct score"""


def roc_curve(y, score):
    y, score = as_scored(y, score)
    distinct, place = np.unique(score, return_inverse=True)
    signal = np.bincount(place, weights=y, minlength=len(distinct))[::-1]
    background = np.bincount(place, weights=1 - y, minlength=len(distinct))[::-1]
    tpr = np.concatenate([[0], np.cumsum(signal) / signal.sum()])
    fpr = np.concatenate([[0], np.cumsum(background) / background.sum()])
    return fpr, tpr, np.concatenate([[np.inf], distinct[::-1]])
