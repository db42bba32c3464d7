"""each slice ends at batch_size

It looks like every batch ends at row number batch_size, so later ones are empty. A slice is told
where it ends, not how long it is.
"""


def sgd(X, y, alpha, batch_size, epochs, rng):
    X, y = as_arrays(X=X, y=y)
    require_positive(alpha=alpha)
    require_whole(epochs=epochs)
    require_whole(least=1, most=len(y), batch_size=batch_size)
    require_generator(rng=rng)
    theta = np.zeros(X.shape[1])
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            rows = order[start : batch_size]
            theta = theta - alpha * gradient(X[rows], y[rows], theta)
    return theta
