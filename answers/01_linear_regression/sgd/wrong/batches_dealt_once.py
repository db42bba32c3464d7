"""batches dealt once

It looks like the samples are dealt to batches once, and only the batches change places from
epoch to epoch. Shuffle the samples anew at the start of each epoch.

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
    starts = np.arange(0, len(y), batch_size)
    for _ in range(epochs):
        for start in rng.permutation(starts):
            rows = order[start : start + batch_size]
            theta = theta - alpha * gradient(X[rows], y[rows], theta)
    return theta
