"""both results of the descent in one name

It looks like theta holds both results of gradient_descent, the parameters and the costs. Give
each a name, or take the first of the two.

Breaks: train, test : pair
"""


def fit_and_test(train, test, alpha, n_iter):
    (X, y), (X_test, y_test) = as_arrays(X=train[0], y=train[1]), as_arrays(X=test[0], y=test[1])
    Z, mean, std = standardize(X)
    Z_test = (X_test - mean) / std
    theta = gradient_descent(with_ones(Z), y, alpha, n_iter)
    return theta, mse(y_test, predict(with_ones(Z_test), theta))
