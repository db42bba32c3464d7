"""divided by all events

It looks like both counts are divided by the number m of all events. Each rate belongs to its
own class: divide by the number of events in that class.
"""


def roc_curve(y, score):
    y, score = as_scored(y, score)
    order = np.argsort(-score, kind="stable")
    y, score = y[order], score[order]
    last = np.append(np.diff(score) != 0, True)

    tpr = np.append(0, np.cumsum(y)[last] / len(y))
    fpr = np.append(0, np.cumsum(1 - y)[last] / len(y))
    return fpr, tpr, np.append(np.inf, score[last])
