"""a batch larger than the table

It looks like one of the stub's first lines is gone: they refuse a batch_size, an alpha and a
number of epochs that are out of range. Put them back above your own lines.

Breaks: From 1 to m
"""


def sgd(X, y, alpha, batch_size, epochs, rng):
    X, y = as_arrays(X=X, y=y)
    require_positive(alpha=alpha)
    require_whole(epochs=epochs)
    require_generator(rng=rng)
    theta = np.zeros(X.shape[1])
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            rows = order[start : start + batch_size]
            theta = theta - alpha * gradient(X[rows], y[rows], theta)
    return theta
