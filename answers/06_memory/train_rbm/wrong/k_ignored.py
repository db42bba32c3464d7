"""k not handed on

It looks like the chains always take one step. Hand k on to cd_gradient.

Breaks: k : int
"""


def train_rbm(V, n_hidden, epochs, alpha, batch_size, k, rng):
    V = as_bits(V, "V")
    require_positive(alpha=alpha)
    require_training(V, n_hidden, epochs, batch_size, k)
    W = rng.normal(0, 0.01, size=(V.shape[1], n_hidden))
    a, b = np.zeros(V.shape[1]), np.zeros(n_hidden)
    for _ in range(epochs):
        order = rng.permutation(len(V))
        for start in range(0, len(V), batch_size):
            v = V[order[start : start + batch_size]]
            dW, da, db = cd_gradient(v, W, a, b, 1, rng)
            W, a, b = W + alpha * dW, a + alpha * da, b + alpha * db
    return W, a, b
