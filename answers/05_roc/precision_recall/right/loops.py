"""every threshold in pure Python"""


def precision_recall(y, score):
    y, score = as_scored(y, score)
    precision, recall = [], []
    thresholds = sorted(set(score.tolist()), reverse=True)
    for t in thresholds:
        passed = [label for label, f in zip(y, score) if f >= t]
        precision.append(sum(passed) / len(passed))
        recall.append(sum(passed) / sum(y))
    return precision, recall, thresholds
