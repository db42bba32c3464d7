"""training cost in place of a test error

It looks like the error is the descent's last cost, which knows the training rows only. Predict
the test rows and compare.
"""


def fit_and_test(train, test, alpha, n_iter):
    (X, y), (X_test, y_test) = as_arrays(X=train[0], y=train[1]), as_arrays(X=test[0], y=test[1])
    Z, mean, std = standardize(X)
    Z_test = (X_test - mean) / std
    A, A_test = with_ones(Z), with_ones(Z_test)
    theta, costs = gradient_descent(A, y, alpha, n_iter)
    return theta, costs[-1]
