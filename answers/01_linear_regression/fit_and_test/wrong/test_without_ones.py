"""test set without its column of ones

It looks like the test features go to the prediction without a column of ones, so theta has one
entry too many for them. Give them the same first column as in training.
"""


def fit_and_test(train, test, alpha, n_iter):
    (X, y), (X_test, y_test) = as_arrays(X=train[0], y=train[1]), as_arrays(X=test[0], y=test[1])
    Z, mean, std = standardize(X)
    theta, _ = gradient_descent(with_ones(Z), y, alpha, n_iter)
    Z_test = (X_test - mean) / std
    return theta, mse(y_test, predict(Z_test, theta))
