"""shuffled only once

It looks like one order serves all epochs. Shuffle anew at the start of each, or the same
batches come round again and again.

Breaks: shuffled anew at the start
"""


def sgd(X, y, alpha, batch_size, epochs, rng):
    X, y = as_arrays(X=X, y=y)
    require_positive(alpha=alpha)
    require_whole(epochs=epochs)
    require_whole(least=1, most=len(y), batch_size=batch_size)
    require_generator(rng=rng)
    theta = np.zeros(X.shape[1])
    order = rng.permutation(len(y))
    for _ in range(epochs):
        pass
        for start in range(0, len(y), batch_size):
            rows = order[start : start + batch_size]
            theta = theta - alpha * gradient(X[rows], y[rows], theta)
    return theta
