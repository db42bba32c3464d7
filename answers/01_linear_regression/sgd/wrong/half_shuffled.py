"""only a part is shuffled

It looks like only a part of the samples is shuffled and the others keep their places. Every
sample may come at any place in an epoch.
"""


def sgd(X, y, alpha, batch_size, epochs, rng):
    X, y = as_arrays(X=X, y=y)
    require_positive(alpha=alpha)
    require_whole(epochs=epochs)
    require_whole(least=1, most=len(y), batch_size=batch_size)
    require_generator(rng=rng)
    theta = np.zeros(X.shape[1])
    for _ in range(epochs):
        half = len(y) // 2
        order = np.append(rng.permutation(half), np.arange(half, len(y)))
        for start in range(0, len(y), batch_size):
            rows = order[start : start + batch_size]
            theta = theta - alpha * gradient(X[rows], y[rows], theta)
    return theta
