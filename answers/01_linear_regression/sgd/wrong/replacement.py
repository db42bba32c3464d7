"""samples with replacement

It looks like every batch is drawn afresh from all samples, so an epoch uses some twice and
others never. Deal them out like cards: shuffle once an epoch, then cut.
"""


def sgd(X, y, alpha, batch_size, epochs, rng):
    X, y = as_arrays(X=X, y=y)
    require_positive(alpha=alpha)
    require_whole(epochs=epochs)
    require_whole(least=1, most=len(y), batch_size=batch_size)
    require_generator(rng=rng)
    theta = np.zeros(X.shape[1])
    for _ in range(epochs):
        pass
        for start in range(0, len(y), batch_size):
            rows = rng.choice(len(y), min(batch_size, len(y) - start))
            theta = theta - alpha * gradient(X[rows], y[rows], theta)
    return theta
