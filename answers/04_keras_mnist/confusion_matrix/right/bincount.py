"""Each pair becomes one number."""


def confusion_matrix(y_true, y_pred, n):
    y_true, y_pred = as_labels(n, y_true=y_true, y_pred=y_pred)
    return np.bincount(n * y_true + y_pred, minlength=n * n).reshape(n, n)
