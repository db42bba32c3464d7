"""run to the end whatever n_iter says

Breaks: n_iter : int
"""


def fit_and_test(train, test, alpha, n_iter):
    (X, y), (X_test, y_test) = as_arrays(X=train[0], y=train[1]), as_arrays(X=test[0], y=test[1])
    Z, mean, std = standardize(X)
    Z_test = (X_test - mean) / std
    theta, _ = gradient_descent(with_ones(Z), y, alpha, 200)
    return theta, mse(y_test, predict(with_ones(Z_test), theta))
