"""guard line deleted

It looks like a line of the stub that checks the input is missing or changed. Put it back: it turns lists
into arrays, and refuses in words what does not fit.

Breaks: Raises ValueError if lengths differ
"""


def roc_curve(y, score):
    y, score = np.asarray(y), np.asarray(score, dtype=float)
    order = np.argsort(-score, kind="stable")
    y, score = y[order], score[order]
    last = np.append(np.diff(score) != 0, True)
    tpr = np.append(0, np.cumsum(y)[last] / np.sum(y))
    fpr = np.append(0, np.cumsum(1 - y)[last] / np.sum(1 - y))
    return fpr, tpr, np.append(np.inf, score[last])
