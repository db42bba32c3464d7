"""thresholds unsorted

It looks like the events are taken in the order of the file. The walk goes down the list
*sorted* by falling score: sort labels and scores together first.
"""


def roc_curve(y, score):
    y, score = as_scored(y, score)
    tpr = np.append(0, np.cumsum(y) / np.sum(y))
    fpr = np.append(0, np.cumsum(1 - y) / np.sum(1 - y))
    return fpr, tpr, np.append(np.inf, score)
