"""ties split

It looks like events with equal scores make one step each. No threshold lets one pass and holds
the other back: they share a single point. As it is, the curve depends on the order of the
events in the file.

Breaks: Return the ROC curve
"""


def roc_curve(y, score):
    y, score = as_scored(y, score)
    order = np.argsort(-score, kind="stable")
    y, score = y[order], score[order]
    tpr = np.append(0, np.cumsum(y) / np.sum(y))
    fpr = np.append(0, np.cumsum(1 - y) / np.sum(1 - y))
    return fpr, tpr, np.append(np.inf, score)
