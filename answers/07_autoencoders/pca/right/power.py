"""one axis after the other, by repeated multiplication"""


def pca(X, k):
    X = as_data(X, k)
    m, n = X.shape
    mean = sum(X) / m
    S = np.zeros((n, n))
    for row in X - mean:
        S += np.outer(row, row) / m
    axes, variances = [], []
    for j in range(k):
        u = np.linalg.eigh(S)[1][:, -1]
        variances.append(u @ S @ u)
        axes.append(u)
        S = S - variances[-1] * np.outer(u, u)
    return mean, np.column_stack(axes), variances
