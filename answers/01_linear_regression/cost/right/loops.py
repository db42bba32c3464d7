"""Plain Python, one sample at a time."""


def cost(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    total = 0.0
    for row, target in zip(X, y):
        h = 0.0
        for x, t in zip(row, theta):
            h += x * t
        total += (h - target) ** 2
    return total / (2 * len(y))
