"""column of ones standardised

It looks like the column of ones is there before you standardise, and becomes a column of zeros:
the intercept is gone. Standardise first, then add the ones.
"""


def fit_and_test(train, test, alpha, n_iter):
    (X, y), (X_test, y_test) = as_arrays(X=train[0], y=train[1]), as_arrays(X=test[0], y=test[1])
    A, mean, std = standardize(with_ones(X))
    A_test = (with_ones(X_test) - mean) / std
    theta, _ = gradient_descent(A, y, alpha, n_iter)
    return theta, mse(y_test, predict(A_test, theta))
