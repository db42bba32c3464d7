"""One batch after the other popped from a shuffled list, in single precision."""


def train_rbm(V, n_hidden, epochs, alpha, batch_size, k, rng):
    V = as_bits(V, "V")
    require_positive(alpha=alpha)
    require_training(V, n_hidden, epochs, batch_size, k)
    W = rng.normal(0, 0.01, size=(V.shape[1], n_hidden))
    a, b = np.zeros(V.shape[1]), np.zeros(n_hidden)
    for _ in range(epochs):
        left = list(rng.permutation(len(V)))
        while left:
            rows = [left.pop() for _ in range(min(batch_size, len(left)))]
            v = V[rows]
            dW, da, db = cd_gradient(v, W, a, b, k, rng)
            W, a, b = (W + alpha * dW).astype(np.float32), a + alpha * da, b + alpha * db
    return W, a, b
