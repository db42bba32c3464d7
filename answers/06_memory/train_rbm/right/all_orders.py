"""All orders drawn at once; a generator of its own, seeded by rng, for the chains."""


def train_rbm(V, n_hidden, epochs, alpha, batch_size, k, rng):
    V = as_bits(V, "V")
    require_positive(alpha=alpha)
    require_training(V, n_hidden, epochs, batch_size, k)
    W = rng.normal(0, 0.01, size=(V.shape[1], n_hidden))
    a, b = np.zeros(V.shape[1]), np.zeros(n_hidden)
    orders = rng.permuted(np.tile(np.arange(len(V)), (epochs, 1)), axis=1)
    chance = np.random.default_rng(rng.integers(2**63, size=4))
    for order in orders:
        for start in range(0, len(V), batch_size):
            v = V[order[start : start + batch_size]]
            dW, da, db = cd_gradient(v, W, a, b, k, chance)
            W, a, b = W + alpha * dW, a + alpha * da, b + alpha * db
    return W, a, b
