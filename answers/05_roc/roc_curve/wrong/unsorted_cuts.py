"""thresholds unsorted, each asked by itself

It looks like the points are right one by one, but come in the order of the events in the file.
Along the curve the thresholds fall: sort them.
"""


def roc_curve(y, score):
    y, score = as_scored(y, score)
    cuts = list(dict.fromkeys(score))
    tpr = [0.0] + [np.mean(score[y == 1] >= t) for t in cuts]
    fpr = [0.0] + [np.mean(score[y == 0] >= t) for t in cuts]
    return np.array(fpr), np.array(tpr), np.append(np.inf, cuts)
