"""guard line deleted

It looks like a line of the stub that checks the input is missing or changed. Put it back: it turns lists
into arrays, and refuses in words what does not fit.

Breaks: If shapes disagree
Breaks: A batch of data
"""


def cd_gradient(v, W, a, b, k, rng):
    W, a, b, v = map(np.asarray, (W, a, b, v))
    require_whole(least=1, k=k)
    def sigma(x):
        return 0.5 + 0.5 * np.tanh(0.5 * x)

    data, model = sigma(v @ W + b), v
    for _ in range(k):
        h = rng.random(data.shape) < sigma(model @ W + b)
        model = (rng.random(v.shape) < sigma(h @ W.T + a)).astype(float)
    dream = sigma(model @ W + b)
    dW = (v.T @ data - model.T @ dream) / len(v)
    return dW, (v - model).mean(axis=0), (data - dream).mean(axis=0)
