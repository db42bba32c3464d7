"""One test sample at a time."""


def fit_and_test(train, test, alpha, n_iter):
    (X, y), (X_test, y_test) = as_arrays(X=train[0], y=train[1]), as_arrays(X=test[0], y=test[1])
    Z, mean, std = standardize(X)
    theta, costs = gradient_descent(with_ones(Z), y, alpha, n_iter)
    total = 0.0
    for row, target in zip(X_test, y_test):
        guess = theta[0]
        for j in range(len(row)):
            guess += theta[j + 1] * (row[j] - mean[j]) / std[j]
        total += (guess - target) ** 2
    return theta, total / len(y_test)
