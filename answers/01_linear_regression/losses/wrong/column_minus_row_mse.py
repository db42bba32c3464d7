"""a column minus a row"""


def mse(y, prediction):
    y, prediction = as_arrays(y=y, prediction=prediction)
    return np.mean((y.reshape(-1, 1) - prediction) ** 2)


def mae(y, prediction):
    y, prediction = as_arrays(y=y, prediction=prediction)
    return np.mean(np.abs(y - prediction))


def mape(y, prediction):
    y, prediction = as_arrays(y=y, prediction=prediction)
    require_nonzero(y=y)
    return np.mean(np.abs((y - prediction) / y))
