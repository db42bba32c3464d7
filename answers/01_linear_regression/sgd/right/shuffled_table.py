"""Shuffles targets and inputs together, as one table."""


def sgd(X, y, alpha, batch_size, epochs, rng):
    X, y = as_arrays(X=X, y=y)
    require_positive(alpha=alpha)
    require_whole(epochs=epochs)
    require_whole(least=1, most=len(y), batch_size=batch_size)
    require_generator(rng=rng)
    table = np.column_stack([X, y])
    theta = np.zeros(X.shape[1])
    for _ in range(epochs):
        rng.shuffle(table)
        left = table
        while len(left):
            batch, left = left[:batch_size], left[batch_size:]
            theta = theta - alpha * gradient(batch[:, :-1], batch[:, -1], theta)
    return theta
