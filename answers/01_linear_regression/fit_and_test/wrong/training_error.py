"""error of the training set

It looks like the error is that of the training set. The question is how well the fit does on
rows it has never seen.

Breaks: Fit a line to standardised
"""


def fit_and_test(train, test, alpha, n_iter):
    (X, y), (X_test, y_test) = as_arrays(X=train[0], y=train[1]), as_arrays(X=test[0], y=test[1])
    Z, mean, std = standardize(X)
    Z_test = (X_test - mean) / std
    A, A_test = with_ones(Z), with_ones(Z_test)
    theta, _ = gradient_descent(A, y, alpha, n_iter)
    return theta, mse(y, predict(A, theta))
