"""divided by 2, then multiplied by m

It looks like m ends up as a factor above the line. Python works from left to right: a / 2 * m
is (a / 2) · m. Put what you divide by in brackets.
"""


def cost(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    return np.sum((X @ theta - y) ** 2) / 2 * len(y)
