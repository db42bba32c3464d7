"""Batches cut by NumPy, everything inlined."""


def sgd(X, y, alpha, batch_size, epochs, rng):
    X, y = as_arrays(X=X, y=y)
    require_positive(alpha=alpha)
    require_whole(epochs=epochs)
    require_whole(least=1, most=len(y), batch_size=batch_size)
    require_generator(rng=rng)
    theta = np.zeros(X.shape[1])
    cuts = np.arange(batch_size, len(y), batch_size)
    for _ in range(epochs):
        for rows in np.split(rng.permutation(len(y)), cuts):
            residual = X[rows] @ theta - y[rows]
            theta -= alpha * residual @ X[rows] / len(rows)
    return theta
