"""column of ones at the end

It looks like the ones stand in the last column. Put them first, so that theta[0] is the
intercept.

Breaks: The intercept first, then one
"""


def fit_and_test(train, test, alpha, n_iter):
    (X, y), (X_test, y_test) = as_arrays(X=train[0], y=train[1]), as_arrays(X=test[0], y=test[1])
    Z, mean, std = standardize(X)
    Z_test = (X_test - mean) / std
    A = np.column_stack([Z, np.ones(len(Z))])
    A_test = np.column_stack([Z_test, np.ones(len(Z_test))])
    theta, _ = gradient_descent(A, y, alpha, n_iter)
    return theta, mse(y_test, predict(A_test, theta))
