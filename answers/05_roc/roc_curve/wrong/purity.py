"""divided by what passes

It looks like you divide by the number of events that pass so far. That is a purity. A rate is a
share of its own class, so its denominator never changes.
"""


def roc_curve(y, score):
    y, score = as_scored(y, score)
    order = np.argsort(-score, kind="stable")
    y, score = y[order], score[order]
    last = np.append(np.diff(score) != 0, True)

    passed = np.arange(1, len(y) + 1)
    tpr = np.append(0, (np.cumsum(y) / passed)[last])
    fpr = np.append(0, (np.cumsum(1 - y) / passed)[last])
    return fpr, tpr, np.append(np.inf, score[last])
