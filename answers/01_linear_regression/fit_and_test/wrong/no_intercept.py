"""no column of ones

It looks like the fit has no column of ones, so its line must pass through zero. Put the ones in
front, after standardising.

Breaks: X has shape (m, n)
"""


def fit_and_test(train, test, alpha, n_iter):
    (X, y), (X_test, y_test) = as_arrays(X=train[0], y=train[1]), as_arrays(X=test[0], y=test[1])
    Z, mean, std = standardize(X)
    Z_test = (X_test - mean) / std
    A, A_test = Z, Z_test
    theta, _ = gradient_descent(A, y, alpha, n_iter)
    return theta, mse(y_test, predict(A_test, theta))
