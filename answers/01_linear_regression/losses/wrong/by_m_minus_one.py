"""divided by m − 1

It looks like you divide by m − 1. That corrects a variance for its mean; these are plain means
over m samples.
"""


def mse(y, prediction):
    y, prediction = as_arrays(y=y, prediction=prediction)
    return np.sum((y - prediction) ** 2) / (len(y) - 1)


def mae(y, prediction):
    y, prediction = as_arrays(y=y, prediction=prediction)
    return np.sum(np.abs(y - prediction)) / (len(y) - 1)


def mape(y, prediction):
    y, prediction = as_arrays(y=y, prediction=prediction)
    require_nonzero(y=y)
    return np.sum(np.abs((y - prediction) / y)) / (len(y) - 1)
