"""the stub's first line is gone

It looks like the stub's first line is gone. It turns lists into arrays and refuses what does
not fit: put it back above your own lines.
"""


def mse(y, prediction):
    return np.mean((y - prediction) ** 2)


def mae(y, prediction):
    return np.mean(np.abs(y - prediction))


def mape(y, prediction):
    require_nonzero(y=y)
    return np.mean(np.abs((y - prediction) / y))
