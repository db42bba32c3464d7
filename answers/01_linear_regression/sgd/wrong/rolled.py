"""the table is only turned round

It looks like the samples keep their order and only begin at another place, or run backwards.
Neighbours in the table then always share a batch: shuffle them.

Breaks: shuffled anew at the start
"""


def sgd(X, y, alpha, batch_size, epochs, rng):
    X, y = as_arrays(X=X, y=y)
    require_positive(alpha=alpha)
    require_whole(epochs=epochs)
    require_whole(least=1, most=len(y), batch_size=batch_size)
    require_generator(rng=rng)
    theta = np.zeros(X.shape[1])
    for _ in range(epochs):
        order = np.roll(np.arange(len(y)), rng.integers(len(y)))
        for start in range(0, len(y), batch_size):
            rows = order[start : start + batch_size]
            theta = theta - alpha * gradient(X[rows], y[rows], theta)
    return theta
