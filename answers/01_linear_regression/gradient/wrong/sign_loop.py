"""sign"""


def gradient(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    total = np.zeros(X.shape[1])
    for row, target in zip(X, y):
        total += (target - row @ theta) * row
    return total / len(y)
