"""guard line deleted

It looks like a line of the stub that checks the input is missing or changed. Put it back: it turns lists
into arrays, and refuses in words what does not fit.

Breaks: If lengths differ, k < 2
"""


def auc(fpr, tpr):
    fpr, tpr = np.asarray(fpr, dtype=float), np.asarray(tpr, dtype=float)
    return abs(np.trapezoid(tpr, fpr))
