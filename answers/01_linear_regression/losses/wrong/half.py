"""1/2 in the mean squared error

It looks like mse carries the 1/2 of the cost J. The MSE is the plain mean of the squares: J =
MSE / 2.

Breaks: Return the mean squared error
"""


def mse(y, prediction):
    y, prediction = as_arrays(y=y, prediction=prediction)
    return np.mean((y - prediction) ** 2) / 2


def mae(y, prediction):
    y, prediction = as_arrays(y=y, prediction=prediction)
    return np.mean(np.abs(y - prediction))


def mape(y, prediction):
    y, prediction = as_arrays(y=y, prediction=prediction)
    require_nonzero(y=y)
    return np.mean(np.abs((y - prediction) / y))
