"""Batches cut by NumPy, parameters changed in place."""


def train_rbm(V, n_hidden, epochs, alpha, batch_size, k, rng):
    V = as_bits(V, "V")
    require_positive(alpha=alpha)
    require_training(V, n_hidden, epochs, batch_size, k)
    parts = [0.01 * rng.standard_normal((V.shape[1], n_hidden)), np.zeros(V.shape[1]), np.zeros(n_hidden)]
    cuts = np.arange(batch_size, len(V), batch_size)
    for _ in range(epochs):
        for rows in np.split(rng.permutation(len(V)), cuts):
            for part, slope in zip(parts, cd_gradient(V[rows], *parts, k, rng)):
                part += alpha * np.asarray(slope)
    return tuple(parts)
