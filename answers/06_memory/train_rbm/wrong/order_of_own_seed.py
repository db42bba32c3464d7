"""order not from rng

It looks like the order of the samples comes from a generator of your own with a fixed seed: it is
the same in every run. Draw it from the rng you are given.

Breaks: rng : numpy.random.Generator
"""


def train_rbm(V, n_hidden, epochs, alpha, batch_size, k, rng):
    V = as_bits(V, "V")
    require_positive(alpha=alpha)
    require_training(V, n_hidden, epochs, batch_size, k)
    W = rng.normal(0, 0.01, size=(V.shape[1], n_hidden))
    a, b = np.zeros(V.shape[1]), np.zeros(n_hidden)
    own = np.random.default_rng(0)
    for _ in range(epochs):
        order = own.permutation(len(V))
        for start in range(0, len(V), batch_size):
            v = V[order[start : start + batch_size]]
            dW, da, db = cd_gradient(v, W, a, b, k, rng)
            W, a, b = W + alpha * dW, a + alpha * da, b + alpha * db
    return W, a, b
