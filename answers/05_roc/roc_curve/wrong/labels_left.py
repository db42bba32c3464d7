"""labels not sorted with the scores

It looks like the scores are sorted and the labels stay where they were. An event is a pair:
whatever moves its score must move its label.
"""


def roc_curve(y, score):
    y, score = as_scored(y, score)
    score = np.sort(score)[::-1]
    last = np.append(np.diff(score) != 0, True)
    tpr = np.append(0, np.cumsum(y)[last] / np.sum(y))
    fpr = np.append(0, np.cumsum(1 - y)[last] / np.sum(1 - y))
    return fpr, tpr, np.append(np.inf, score[last])
