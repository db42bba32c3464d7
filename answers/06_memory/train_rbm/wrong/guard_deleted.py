"""guard line deleted

It looks like a line of the stub that checks the input is missing or changed. Put it back: it turns lists
into arrays, and refuses in words what does not fit.

Breaks: If a unit is
Breaks: Data, units 0 and
"""


def train_rbm(V, n_hidden, epochs, alpha, batch_size, k, rng):
    V = np.asarray(V, dtype=float)
    require_positive(alpha=alpha)
    require_training(V, n_hidden, epochs, batch_size, k)
    def sigma(x):
        return 0.5 + 0.5 * np.tanh(0.5 * x)

    def cd_gradient(v, W, a, b, k, rng):
        data, x = sigma(v @ W + b), v
        for _ in range(k):
            h = rng.random(data.shape) < sigma(x @ W + b)
            x = (rng.random(v.shape) < sigma(h @ W.T + a)).astype(float)
        dream = sigma(x @ W + b)
        return (v.T @ data - x.T @ dream) / len(v), (v - x).mean(axis=0), (data - dream).mean(axis=0)

    W = rng.normal(0, 0.01, size=(V.shape[1], n_hidden))
    a, b = np.zeros(V.shape[1]), np.zeros(n_hidden)
    for _ in range(epochs):
        order = rng.permutation(len(V))
        for start in range(0, len(V), batch_size):
            v = V[order[start : start + batch_size]]
            dW, da, db = cd_gradient(v, W, a, b, k, rng)
            W, a, b = W + alpha * dW, a + alpha * da, b + alpha * db
    return W, a, b
