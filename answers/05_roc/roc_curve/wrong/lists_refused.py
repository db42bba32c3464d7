"""lists not turned into arrays

It looks like the function works on arrays only and fails for a list. Leave the stub's first lines in
place: they turn lists into arrays.

Breaks: y, score : array_like
"""


def roc_curve(y, score):
    order = np.argsort(-score, kind="stable")
    y, score = y[order], score[order]
    last = np.append(np.diff(score) != 0, True)
    tpr = np.append(0, np.cumsum(y)[last] / np.sum(y))
    fpr = np.append(0, np.cumsum(1 - y)[last] / np.sum(1 - y))
    return fpr, tpr, np.append(np.inf, score[last])
