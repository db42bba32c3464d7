"""nothing standardised

It looks like the descent runs on raw features. Large columns then make it diverge at this
alpha: standardise the training inputs first.
"""


def fit_and_test(train, test, alpha, n_iter):
    (X, y), (X_test, y_test) = as_arrays(X=train[0], y=train[1]), as_arrays(X=test[0], y=test[1])
    Z = X
    Z_test = X_test
    A, A_test = with_ones(Z), with_ones(Z_test)
    theta, _ = gradient_descent(A, y, alpha, n_iter)
    return theta, mse(y_test, predict(A_test, theta))
