"""chains not from rng

It looks like the chains' chance comes from a generator of your own with a fixed seed: it is the same
in every run. Hand on the rng you are given to cd_gradient.
"""


def train_rbm(V, n_hidden, epochs, alpha, batch_size, k, rng):
    V = as_bits(V, "V")
    require_positive(alpha=alpha)
    require_training(V, n_hidden, epochs, batch_size, k)
    W = rng.normal(0, 0.01, size=(V.shape[1], n_hidden))
    a, b = np.zeros(V.shape[1]), np.zeros(n_hidden)
    own = np.random.default_rng(1)
    for _ in range(epochs):
        order = rng.permutation(len(V))
        for start in range(0, len(V), batch_size):
            v = V[order[start : start + batch_size]]
            dW, da, db = cd_gradient(v, W, a, b, k, own)
            W, a, b = W + alpha * dW, a + alpha * da, b + alpha * db
    return W, a, b
