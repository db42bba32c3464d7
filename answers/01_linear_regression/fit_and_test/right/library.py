"""scikit-learn's scaler and metrics around the student's descent."""


def fit_and_test(train, test, alpha, n_iter):
    (X, y), (X_test, y_test) = as_arrays(X=train[0], y=train[1]), as_arrays(X=test[0], y=test[1])
    from sklearn.metrics import mean_squared_error
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler().fit(X)
    theta, _ = gradient_descent(with_ones(scaler.transform(X)), y, alpha, n_iter)
    guess = with_ones(scaler.transform(X_test)) @ theta
    return theta, mean_squared_error(y_test, guess)
