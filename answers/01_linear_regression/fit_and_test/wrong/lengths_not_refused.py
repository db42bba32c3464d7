"""X and y that do not fit

It looks like an X and a y of unlike length are taken as they come. The stub's first line
refuses them: leave it in place.

Breaks: If shapes disagree
"""


def fit_and_test(train, test, alpha, n_iter):
    (X, y), (X_test, y_test) = as_arrays(X=train[0], y=train[1]), map(np.array, test)
    Z, mean, std = standardize(X)
    theta, _ = gradient_descent(with_ones(Z), y, alpha, n_iter)
    Z_test = (X_test - mean) / std
    return theta, np.mean((y_test - predict(with_ones(Z_test), theta)) ** 2)
