"""always the same order

It looks like the order is the same whatever rng is: a seed of its own stands in the function.
Draw all chance from the rng you are given.
"""


def sgd(X, y, alpha, batch_size, epochs, rng):
    X, y = as_arrays(X=X, y=y)
    require_positive(alpha=alpha)
    require_whole(epochs=epochs)
    require_whole(least=1, most=len(y), batch_size=batch_size)
    require_generator(rng=rng)
    theta = np.zeros(X.shape[1])
    rng = np.random.default_rng(0)
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            rows = order[start : start + batch_size]
            theta = theta - alpha * gradient(X[rows], y[rows], theta)
    return theta
