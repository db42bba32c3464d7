"""sums in place of means

It looks like the errors are added up but not divided by their number. A loss that grows with
the number of samples cannot compare two data sets.
"""


def mse(y, prediction):
    y, prediction = as_arrays(y=y, prediction=prediction)
    return np.sum((y - prediction) ** 2)


def mae(y, prediction):
    y, prediction = as_arrays(y=y, prediction=prediction)
    return np.sum(np.abs(y - prediction))


def mape(y, prediction):
    y, prediction = as_arrays(y=y, prediction=prediction)
    require_nonzero(y=y)
    return np.sum(np.abs((y - prediction) / y))
