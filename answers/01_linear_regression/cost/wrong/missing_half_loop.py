"""missing 1/2"""


def cost(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    total = 0.0
    for i in range(len(y)):
        total += (y[i] - X[i] @ theta) ** 2
    return total / len(y)
