"""one batch an epoch

It looks like an epoch ends after its first batch. An epoch is one pass through all samples,
batch by batch.
"""


def sgd(X, y, alpha, batch_size, epochs, rng):
    X, y = as_arrays(X=X, y=y)
    require_positive(alpha=alpha)
    require_whole(epochs=epochs)
    require_whole(least=1, most=len(y), batch_size=batch_size)
    require_generator(rng=rng)
    theta = np.zeros(X.shape[1])
    for _ in range(epochs):
        rows = rng.permutation(len(y))[:batch_size]
        theta = theta - alpha * gradient(X[rows], y[rows], theta)
    return theta
