"""Batches dealt out from a heap of samples until none is left."""


def train_rbm(V, n_hidden, epochs, alpha, batch_size, k, rng):
    V = as_bits(V, "V")
    require_positive(alpha=alpha)
    require_training(V, n_hidden, epochs, batch_size, k)
    W = rng.normal(0, 0.01, size=(V.shape[1], n_hidden))
    a, b = np.zeros(V.shape[1]), np.zeros(n_hidden)
    for _ in range(epochs):
        heap = np.arange(len(V))
        while len(heap):
            rows = rng.choice(heap, size=min(batch_size, len(heap)), replace=False)
            heap = np.setdiff1d(heap, rows)
            v = V[rows]
            dW, da, db = cd_gradient(v, W, a, b, k, rng)
            W, a, b = W + alpha * dW, a + alpha * da, b + alpha * db
    return W, a, b
