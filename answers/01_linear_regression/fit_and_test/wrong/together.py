"""training and test set standardised together

It looks like mean and std are taken over training and test rows together. So the test set has a
say in the training: take them from the training rows alone.
"""


def fit_and_test(train, test, alpha, n_iter):
    (X, y), (X_test, y_test) = as_arrays(X=train[0], y=train[1]), as_arrays(X=test[0], y=test[1])
    _, mean, std = standardize(np.vstack([X, X_test]))
    Z = (X - mean) / std
    Z_test = (X_test - mean) / std
    A, A_test = with_ones(Z), with_ones(Z_test)
    theta, _ = gradient_descent(A, y, alpha, n_iter)
    return theta, mse(y_test, predict(A_test, theta))
