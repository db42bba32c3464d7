"""visible units not drawn

It looks like the visible units of the chain are probabilities, not draws. Then what you compare
with the data is no state of the machine.
"""


def cd_gradient(v, W, a, b, k, rng):
    W, a, b, v = as_rbm(W, a=a, b=b, v=v)
    require_whole(least=1, k=k)
    def sigma(x):
        return 0.5 + 0.5 * np.tanh(0.5 * x)

    model = v
    for _ in range(k):
        h = rng.random((len(v), len(b))) < sigma(model @ W + b)
        model = sigma(h @ W.T + a)
    data, dream = sigma(v @ W + b), sigma(model @ W + b)
    dW = (v.T @ data - model.T @ dream) / len(v)
    return dW, (v - model).mean(axis=0), (data - dream).mean(axis=0)
