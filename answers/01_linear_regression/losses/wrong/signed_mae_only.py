"""signed errors in mae

It looks like the errors in mae keep their sign, so that a miss above and a miss below cancel.
Average the size of each error.

Breaks: Return the mean absolute error.
"""


def mse(y, prediction):
    y, prediction = as_arrays(y=y, prediction=prediction)
    return np.mean((y - prediction) ** 2)


def mae(y, prediction):
    y, prediction = as_arrays(y=y, prediction=prediction)
    return np.mean(prediction - y)


def mape(y, prediction):
    y, prediction = as_arrays(y=y, prediction=prediction)
    require_nonzero(y=y)
    return np.mean(np.abs((y - prediction) / y))
