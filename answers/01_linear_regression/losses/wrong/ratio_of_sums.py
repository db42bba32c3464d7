"""one ratio of sums in mape

It looks like MAPE divides the summed errors by the summed targets. Each sample has its own
share: divide first, then average.
"""


def mse(y, prediction):
    y, prediction = as_arrays(y=y, prediction=prediction)
    return np.mean((y - prediction) ** 2)


def mae(y, prediction):
    y, prediction = as_arrays(y=y, prediction=prediction)
    return np.mean(np.abs(y - prediction))


def mape(y, prediction):
    y, prediction = as_arrays(y=y, prediction=prediction)
    require_nonzero(y=y)
    return np.sum(np.abs(y - prediction)) / np.sum(np.abs(y))
