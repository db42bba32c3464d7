"""sum squared in place of squares summed

It looks like you add the residuals first and square the sum. Then a miss above and a miss below
cancel: square each residual before you add.
"""


def cost(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    return np.sum(X @ theta - y) ** 2 / (2 * len(y))
