"""Everything written out, uniform small weights."""


def train_rbm(V, n_hidden, epochs, alpha, batch_size, k, rng):
    V = as_bits(V, "V")
    require_positive(alpha=alpha)
    require_training(V, n_hidden, epochs, batch_size, k)
    def sigma(x):
        return 0.5 + 0.5 * np.tanh(0.5 * x)

    W = rng.uniform(-0.02, 0.02, size=(V.shape[1], n_hidden))
    a, b = np.zeros(V.shape[1]), np.zeros(n_hidden)
    for _ in range(epochs):
        rng.shuffle(V)
        left = V
        while len(left):
            v, left = left[:batch_size], left[batch_size:]
            x = v
            for _ in range(k):
                h = rng.random((len(v), n_hidden)) < sigma(x @ W + b)
                x = 1.0 * (rng.random(v.shape) < sigma(h @ W.T + a))
            data, dream = sigma(v @ W + b), sigma(x @ W + b)
            rate = alpha / len(v)
            W = W + rate * (v.T @ data - x.T @ dream)
            a = a + rate * (v - x).sum(axis=0)
            b = b + rate * (data - dream).sum(axis=0)
    return W, a, b
