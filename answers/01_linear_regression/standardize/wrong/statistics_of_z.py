"""mean and std of Z returned

It looks like mean and std are taken of the finished Z, where they are 0 and 1. To undo the step,
one needs those of X.
"""


def standardize(X):
    (X,) = as_arrays(X=X)
    mean, std = X.mean(axis=0), X.std(axis=0)
    std[np.ptp(X, axis=0) == 0] = 1  # by rounding, the std of a column of 0.1 is not quite 0
    Z = (X - mean) / std; return Z, Z.mean(axis=0), Z.std(axis=0)
