"""Vector norms."""


def mse(y, prediction):
    y, prediction = as_arrays(y=y, prediction=prediction)
    return np.linalg.norm(y - prediction) ** 2 / y.size


def mae(y, prediction):
    y, prediction = as_arrays(y=y, prediction=prediction)
    return np.linalg.norm(y - prediction, 1) / y.size


def mape(y, prediction):
    y, prediction = as_arrays(y=y, prediction=prediction)
    require_nonzero(y=y)
    return np.linalg.norm(prediction / y - 1, 1) / y.size
