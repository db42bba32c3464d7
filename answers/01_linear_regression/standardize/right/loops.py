"""Plain Python, one column at a time."""


def standardize(X):
    X = as_arrays(X=X)[0]
    m, n = X.shape
    Z, mean, std = np.zeros((m, n)), [], []
    for j in range(n):
        column = X[:, j].tolist()
        centre = sum(column) / m
        spread = (sum((x - centre) ** 2 for x in column) / m) ** 0.5
        mean.append(centre)
        std.append(spread or 1.0)
        for i in range(m):
            Z[i, j] = (column[i] - centre) / std[j]
    return Z, np.array(mean), np.array(std)
