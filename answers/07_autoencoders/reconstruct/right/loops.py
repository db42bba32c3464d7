"""one sample and one axis at a time"""


def reconstruct(X, mean, C):
    X, mean, C = as_subspace(X, mean, C)
    rows = []
    for x in X:
        x_hat = mean.copy()
        for u in C.T:
            x_hat += np.dot(x - mean, u) * u
        rows.append(x_hat)
    return np.array(rows)
