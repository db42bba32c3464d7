"""J in place of the MSE

It looks like the error is the cost J, which carries the 1/2. Give the mean squared error.

Breaks: The mean squared error on the
"""


def fit_and_test(train, test, alpha, n_iter):
    (X, y), (X_test, y_test) = as_arrays(X=train[0], y=train[1]), as_arrays(X=test[0], y=test[1])
    Z, mean, std = standardize(X)
    Z_test = (X_test - mean) / std
    A, A_test = with_ones(Z), with_ones(Z_test)
    theta, _ = gradient_descent(A, y, alpha, n_iter)
    return theta, cost(A_test, y_test, theta)
