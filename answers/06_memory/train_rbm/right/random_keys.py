"""Orders by random keys, sorted within a batch; weights drawn last."""


def train_rbm(V, n_hidden, epochs, alpha, batch_size, k, rng):
    V = as_bits(V, "V")
    require_positive(alpha=alpha)
    require_training(V, n_hidden, epochs, batch_size, k)
    a, b = np.zeros(V.shape[1]), np.zeros(n_hidden)
    orders = np.argsort(rng.random((epochs, len(V))), axis=1)
    W = 0.01 * rng.standard_normal((V.shape[1], n_hidden))
    for order in orders:
        for start in range(0, len(V), batch_size):
            v = V[np.sort(order[start : start + batch_size])]
            dW, da, db = cd_gradient(v, W, a, b, k, rng)
            W, a, b = W + alpha * dW, a + alpha * da, b + alpha * db
    return W, a, b
