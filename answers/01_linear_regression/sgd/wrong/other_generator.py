"""rng not used for shuffling

It looks like the order does not come from rng but from a generator of your own, so the run
cannot be repeated. Draw all chance from the rng you are given.

Breaks: rng : numpy.random.Generator
"""


def sgd(X, y, alpha, batch_size, epochs, rng):
    X, y = as_arrays(X=X, y=y)
    require_positive(alpha=alpha)
    require_whole(epochs=epochs)
    require_whole(least=1, most=len(y), batch_size=batch_size)
    require_generator(rng=rng)
    theta = np.zeros(X.shape[1])
    for _ in range(epochs):
        order = np.random.permutation(len(y))
        for start in range(0, len(y), batch_size):
            rows = order[start : start + batch_size]
            theta = theta - alpha * gradient(X[rows], y[rows], theta)
    return theta
