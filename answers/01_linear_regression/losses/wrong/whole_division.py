"""integer division

It looks like you divide with //, which drops what comes after the decimal point. A single slash
keeps it.
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
    return np.mean(np.abs((y - prediction) // y))
