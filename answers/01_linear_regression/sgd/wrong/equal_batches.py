"""batches evened out

It looks like the samples are shared out evenly, so that several batches are short. Only the
last one is: every other holds batch_size samples.
"""


def sgd(X, y, alpha, batch_size, epochs, rng):
    X, y = as_arrays(X=X, y=y)
    require_positive(alpha=alpha)
    require_whole(epochs=epochs)
    require_whole(least=1, most=len(y), batch_size=batch_size)
    require_generator(rng=rng)
    theta = np.zeros(X.shape[1])
    for _ in range(epochs):
        for rows in np.array_split(rng.permutation(len(y)), int(np.ceil(len(y) / batch_size))):
            theta = theta - alpha * gradient(X[rows], y[rows], theta)
    return theta
