"""A generator of batches, plain lists of row numbers."""


def train_rbm(V, n_hidden, epochs, alpha, batch_size, k, rng):
    V = as_bits(V, "V")
    require_positive(alpha=alpha)
    require_training(V, n_hidden, epochs, batch_size, k)
    def batches():
        for _ in range(epochs):
            order = list(range(len(V)))
            rng.shuffle(order)
            for start in range(0, len(order), batch_size):
                yield V[order[start : start + batch_size]]

    W, a, b = rng.normal(scale=0.01, size=(V.shape[1], n_hidden)), np.zeros(V.shape[1]), np.zeros(n_hidden)
    for v in batches():
        slope = cd_gradient(v, W, a, b, k, rng)
        W, a, b = (old + alpha * np.asarray(change) for old, change in zip((W, a, b), slope))
    return W, a, b
