"""scikit-learn"""


def precision_recall(y, score):
    y, score = as_scored(y, score)
    from sklearn.metrics import precision_recall_curve

    precision, recall, thresholds = precision_recall_curve(y, score)
    return precision[-2::-1], recall[-2::-1], thresholds[::-1]
