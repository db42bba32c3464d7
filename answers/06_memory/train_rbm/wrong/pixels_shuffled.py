"""pixels shuffled, not rows

It looks like the pixels of the samples are mixed with each other: each column is shuffled by itself,
and no picture is left whole. Shuffle rows: rng.permutation(V), or V[order].
"""


def train_rbm(V, n_hidden, epochs, alpha, batch_size, k, rng):
    V = as_bits(V, "V")
    require_positive(alpha=alpha)
    require_training(V, n_hidden, epochs, batch_size, k)
    W = rng.normal(0, 0.01, size=(V.shape[1], n_hidden))
    a, b = np.zeros(V.shape[1]), np.zeros(n_hidden)
    for _ in range(epochs):
        mixed = rng.permuted(V, axis=0)
        for start in range(0, len(V), batch_size):
            v = mixed[start : start + batch_size]
            dW, da, db = cd_gradient(v, W, a, b, k, rng)
            W, a, b = W + alpha * dW, a + alpha * da, b + alpha * db
    return W, a, b
