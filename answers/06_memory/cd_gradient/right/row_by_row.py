"""One chain after the other."""


def cd_gradient(v, W, a, b, k, rng):
    W, a, b, v = as_rbm(W, a=a, b=b, v=v)
    require_whole(least=1, k=k)
    dW, da, db = np.zeros(W.shape), np.zeros(len(a)), np.zeros(len(b))

    def sigma(x):
        return 0.5 + 0.5 * np.tanh(0.5 * x)

    for row in v:
        x = row
        for _ in range(k):
            h = 1.0 * (rng.random(len(b)) < sigma(x @ W + b))
            x = 1.0 * (rng.random(len(a)) < sigma(W @ h + a))
        data, dream = sigma(row @ W + b), sigma(x @ W + b)
        dW += (np.outer(row, data) - np.outer(x, dream)) / len(v)
        da += (row - x) / len(v)
        db += (data - dream) / len(v)
    return dW, da, db
