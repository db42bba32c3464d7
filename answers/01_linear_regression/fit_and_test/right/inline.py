"""Everything inlined."""


def fit_and_test(train, test, alpha, n_iter):
    (X, y), (X_test, y_test) = as_arrays(X=train[0], y=train[1]), as_arrays(X=test[0], y=test[1])
    mean, std = X.mean(axis=0), X.std(axis=0)
    A = np.column_stack([np.ones(len(y)), (X - mean) / std])
    theta = np.zeros(A.shape[1])
    for _ in range(n_iter):
        theta -= alpha * A.T @ (A @ theta - y) / len(y)
    A_test = np.column_stack([np.ones(len(y_test)), (X_test - mean) / std])
    return theta, ((A_test @ theta - y_test) ** 2).mean()
