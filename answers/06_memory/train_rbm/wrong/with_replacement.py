"""batches drawn with replacement

It looks like each batch picks any samples, so that an epoch has some twice and others not at all.
Deal them out: every sample once an epoch.
"""


def train_rbm(V, n_hidden, epochs, alpha, batch_size, k, rng):
    V = as_bits(V, "V")
    require_positive(alpha=alpha)
    require_training(V, n_hidden, epochs, batch_size, k)
    W = rng.normal(0, 0.01, size=(V.shape[1], n_hidden))
    a, b = np.zeros(V.shape[1]), np.zeros(n_hidden)
    for _ in range(epochs):
        for _ in range(0, len(V), batch_size):
            v = V[rng.integers(len(V), size=batch_size)]
            dW, da, db = cd_gradient(v, W, a, b, k, rng)
            W, a, b = W + alpha * dW, a + alpha * da, b + alpha * db
    return W, a, b
