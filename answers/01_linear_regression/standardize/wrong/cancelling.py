"""variance by a difference of squares

It looks like the variance is the mean of the squares minus the square of the mean. Far from 0
the two agree in nearly all digits, and rounding is left: average the squared distances from the
mean.

Breaks: Shift and scale every column
"""


def standardize(X):
    (X,) = as_arrays(X=X)
    mean, std = X.mean(axis=0), np.sqrt(np.maximum((X**2).mean(axis=0) - X.mean(axis=0) ** 2, 0))
    std[std == 0] = 1  # by rounding, the std of a column of 0.1 is not quite 0
    return (X - mean) / std, mean, std
