"""fitted on the test set

It looks like theta is fitted to the test rows. Fit with the training rows; the test rows only
judge.
"""


def fit_and_test(train, test, alpha, n_iter):
    (X, y), (X_test, y_test) = as_arrays(X=train[0], y=train[1]), as_arrays(X=test[0], y=test[1])
    Z, mean, std = standardize(X)
    Z_test = (X_test - mean) / std
    A, A_test = with_ones(Z), with_ones(Z_test)
    theta, _ = gradient_descent(A_test, y_test, alpha, n_iter)
    return theta, mse(y_test, predict(A_test, theta))
