"""a learning rate of its own

It looks like the descent has a learning rate of its own and takes no notice of alpha. After few
steps theta depends on it: hand alpha on.

Breaks: alpha : float
"""


def fit_and_test(train, test, alpha, n_iter):
    (X, y), (X_test, y_test) = as_arrays(X=train[0], y=train[1]), as_arrays(X=test[0], y=test[1])
    Z, mean, std = standardize(X)
    Z_test = (X_test - mean) / std
    theta, _ = gradient_descent(with_ones(Z), y, 0.5, n_iter)
    return theta, mse(y_test, predict(with_ones(Z_test), theta))
