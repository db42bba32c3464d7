"""scikit-learn's metrics."""


def mse(y, prediction):
    y, prediction = as_arrays(y=y, prediction=prediction)
    from sklearn.metrics import mean_squared_error

    return mean_squared_error(y, prediction)


def mae(y, prediction):
    y, prediction = as_arrays(y=y, prediction=prediction)
    from sklearn.metrics import mean_absolute_error

    return mean_absolute_error(y, prediction)


def mape(y, prediction):
    y, prediction = as_arrays(y=y, prediction=prediction)
    require_nonzero(y=y)
    from sklearn.metrics import mean_absolute_percentage_error

    return mean_absolute_percentage_error(y, prediction)
