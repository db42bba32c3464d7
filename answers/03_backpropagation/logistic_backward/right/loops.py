"""Plain Python, with the two signs of a kept apart."""


def logistic_backward(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    m, n = X.shape
    loss, dtheta, dX = 0.0, [0.0] * n, [[0.0] * n for _ in range(m)]
    for i in range(m):
        a = sum(float(X[i, j] * theta[j]) for j in range(n))
        small = math.exp(-abs(a))
        p = 1 / (1 + small) if a >= 0 else small / (1 + small)
        loss += (max(a, 0.0) + math.log1p(small) - y[i] * a) / m
        for j in range(n):
            dtheta[j] += (p - y[i]) * X[i, j] / m
            dX[i][j] = (p - y[i]) * theta[j] / m
    return loss, np.array(dtheta), np.array(dX)
