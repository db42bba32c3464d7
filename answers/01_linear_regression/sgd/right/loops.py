"""Plain Python over samples, with random sorting keys."""


def sgd(X, y, alpha, batch_size, epochs, rng):
    X, y = as_arrays(X=X, y=y)
    require_positive(alpha=alpha)
    require_whole(epochs=epochs)
    require_whole(least=1, most=len(y), batch_size=batch_size)
    require_generator(rng=rng)
    m, n = X.shape
    theta = [0.0] * n
    for _ in range(epochs):
        order = sorted(range(m), key=lambda i, keys=rng.random(m): keys[i])
        while order:
            batch = [order.pop() for _ in range(min(batch_size, len(order)))]
            pull = [0.0] * n
            for i in batch:
                miss = sum(X[i][j] * theta[j] for j in range(n)) - y[i]
                for j in range(n):
                    pull[j] += miss * X[i][j] / len(batch)
            theta = [t - alpha * p for t, p in zip(theta, pull)]
    return np.array(theta)
