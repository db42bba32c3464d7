"""targets of 0 are taken

It looks like mape takes targets of 0, where it divides by nothing. The stub's second line
refuses them: leave it in place.

Breaks: no target may be 0
"""


def mse(y, prediction):
    y, prediction = as_arrays(y=y, prediction=prediction)
    return np.mean((y - prediction) ** 2)


def mae(y, prediction):
    y, prediction = as_arrays(y=y, prediction=prediction)
    return np.mean(np.abs(y - prediction))


def mape(y, prediction):
    y, prediction = as_arrays(y=y, prediction=prediction)
    return np.mean(np.abs((y - prediction) / y))
