"""The squared norm from NumPy's linear algebra."""


def cost(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    return np.linalg.norm(y - X @ theta) ** 2 / (2 * X.shape[0])
