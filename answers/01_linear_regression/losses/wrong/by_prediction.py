"""divided by the prediction

It looks like MAPE divides by the prediction. The share is of the true value y; otherwise a huge
prediction looks harmless.

Breaks: Return the mean absolute error as
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
    return np.mean(np.abs((y - prediction) / prediction))
