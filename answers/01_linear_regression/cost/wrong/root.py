"""a root over the cost

It looks like you take a square root at the end. J is the half mean of the squares itself; a
root would change its gradient.
"""


def cost(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    return np.sqrt(np.mean((X @ theta - y) ** 2) / 2)
