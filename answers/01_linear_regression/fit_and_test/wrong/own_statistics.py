"""test set standardised with its own statistics

It looks like the test set is standardised with its own mean and std. Then its zero is another
distance than the training set's: use the training statistics for both.
"""


def fit_and_test(train, test, alpha, n_iter):
    (X, y), (X_test, y_test) = as_arrays(X=train[0], y=train[1]), as_arrays(X=test[0], y=test[1])
    Z, mean, std = standardize(X)
    Z_test = standardize(X_test)[0]
    A, A_test = with_ones(Z), with_ones(Z_test)
    theta, _ = gradient_descent(A, y, alpha, n_iter)
    return theta, mse(y_test, predict(A_test, theta))
