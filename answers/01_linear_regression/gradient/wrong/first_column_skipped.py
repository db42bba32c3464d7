"""first column left out

It looks like the first entry of the gradient stays 0. The first column is a feature like any
other: the loop over columns begins at 0.
"""


def gradient(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    g = np.zeros(len(theta))
    h = X @ theta
    for j in range(1, len(theta)):
        g[j] = np.mean((h - y) * X[:, j])
    return g
