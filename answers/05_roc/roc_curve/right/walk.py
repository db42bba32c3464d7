"""a walk down the sorted list in pure Python"""

import math


def roc_curve(y, score):
    y, score = as_scored(y, score)
    pairs = sorted(zip(score.tolist(), y.tolist()), reverse=True)
    n1 = int(y.sum())
    n0 = len(pairs) - n1
    fpr, tpr, thresholds = [0.0], [0.0], [math.inf]
    up = right = 0
    for i, (f, label) in enumerate(pairs):
        if label:
            up += 1
        else:
            right += 1
        if i + 1 == len(pairs) or pairs[i + 1][0] != f:
            fpr.append(right / n0)
            tpr.append(up / n1)
            thresholds.append(f)
    return fpr, tpr, thresholds
