"""A mean, with the student's own predict."""


def cost(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    return 0.5 * np.mean((predict(X, theta) - y) ** 2)
