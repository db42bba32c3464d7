"""a column minus a row

It looks like a column is subtracted from a row, which NumPy turns into a table of every target
minus every prediction. Both need the shape (m,).

Breaks: y and prediction have shape
"""


def mse(y, prediction):
    y, prediction = as_arrays(y=y, prediction=prediction)
    return np.mean((y[:, None] - prediction) ** 2)


def mae(y, prediction):
    y, prediction = as_arrays(y=y, prediction=prediction)
    return np.mean(np.abs(y[:, None] - prediction))


def mape(y, prediction):
    y, prediction = as_arrays(y=y, prediction=prediction)
    require_nonzero(y=y)
    return np.mean(np.abs((y[:, None] - prediction) / y[:, None]))
