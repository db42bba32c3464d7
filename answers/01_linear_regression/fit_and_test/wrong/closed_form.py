"""run to the end whatever n_iter says

It looks like theta is where a descent would end at last: least squares, or a number of steps of
your own. Take n_iter steps at the learning rate alpha, and no more.

Breaks: For gradient descent from zeros
"""


def fit_and_test(train, test, alpha, n_iter):
    (X, y), (X_test, y_test) = as_arrays(X=train[0], y=train[1]), as_arrays(X=test[0], y=test[1])
    Z, mean, std = standardize(X)
    Z_test = (X_test - mean) / std
    theta = np.linalg.lstsq(with_ones(Z), y)[0]
    return theta, mse(y_test, predict(with_ones(Z_test), theta))
