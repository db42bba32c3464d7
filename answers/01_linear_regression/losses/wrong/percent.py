"""percent in place of a fraction

It looks like MAPE comes out in percent. Here, as in the lecture's formula, it is a fraction:
0.1 is ten percent.
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
    return 100 * np.mean(np.abs((y - prediction) / y))
