"""Plain Python, one partial derivative at a time."""


def gradient(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    m, n = X.shape
    partial = [0.0] * n
    for row, target in zip(X, y):
        residual = sum(row[j] * theta[j] for j in range(n)) - target
        for j in range(n):
            partial[j] += residual * row[j] / m
    return np.array(partial)
