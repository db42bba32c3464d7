"""test set not standardised

It looks like the test inputs go in as they are, in megaparsecs, to a theta that was fitted to
standardised ones. They need the same treatment.
"""


def fit_and_test(train, test, alpha, n_iter):
    (X, y), (X_test, y_test) = as_arrays(X=train[0], y=train[1]), as_arrays(X=test[0], y=test[1])
    Z, mean, std = standardize(X)
    Z_test = X_test
    A, A_test = with_ones(Z), with_ones(Z_test)
    theta, _ = gradient_descent(A, y, alpha, n_iter)
    return theta, mse(y_test, predict(A_test, theta))
