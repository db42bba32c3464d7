"""ties split"""


def roc_curve(y, score):
    y, score = as_scored(y, score)
    pairs = sorted(zip(score, y), key=lambda pair: -pair[0])
    n1, n0 = np.sum(y == 1), np.sum(y == 0)
    fpr, tpr, thresholds = [0.0], [0.0], [np.inf]
    for f, label in pairs:
        fpr.append(fpr[-1] + (label == 0) / n0)
        tpr.append(tpr[-1] + (label == 1) / n1)
        thresholds.append(f)
    return np.array(fpr), np.array(tpr), np.array(thresholds)
