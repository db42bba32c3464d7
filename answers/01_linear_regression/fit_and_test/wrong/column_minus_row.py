"""a column minus a row

It looks like a column is subtracted from a row, which NumPy turns into a table of every target
minus every prediction. Both need the shape (m,).

Breaks: y has shape (m,)
"""


def fit_and_test(train, test, alpha, n_iter):
    (X, y), (X_test, y_test) = as_arrays(X=train[0], y=train[1]), as_arrays(X=test[0], y=test[1])
    Z, mean, std = standardize(X)
    theta, _ = gradient_descent(with_ones(Z), y, alpha, n_iter)
    Z_test = (X_test - mean) / std
    return theta, np.mean((y_test[:, None] - predict(with_ones(Z_test), theta)) ** 2)
