"""batch_size not used

It looks like the batches have a size of your own. Use the batch_size you are given.

Breaks: batch_size : int
"""


def train_rbm(V, n_hidden, epochs, alpha, batch_size, k, rng):
    V = as_bits(V, "V")
    require_positive(alpha=alpha)
    require_training(V, n_hidden, epochs, batch_size, k)
    W = rng.normal(0, 0.01, size=(V.shape[1], n_hidden))
    a, b = np.zeros(V.shape[1]), np.zeros(n_hidden)
    for _ in range(epochs):
        order = rng.permutation(len(V))
        for start in range(0, len(V), 5):
            v = V[order[start : start + 5]]
            dW, da, db = cd_gradient(v, W, a, b, k, rng)
            W, a, b = W + alpha * dW, a + alpha * da, b + alpha * db
    return W, a, b
