"""labels as lists refused

It looks like the labels are used as arrays before they are. The stub's first line makes arrays of
lists: put it back above your own lines.

Breaks: y_true, y_pred : array_like
"""


def confusion_matrix(y_true, y_pred, n):
    if len(y_true) != len(y_pred) or max(y_true) >= n or min(y_pred) < 0:
        raise ValueError("labels out of range")
    return np.bincount(n * y_true + y_pred, minlength=n * n).reshape(n, n)
