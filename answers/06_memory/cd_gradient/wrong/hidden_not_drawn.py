"""hidden units not drawn

It looks like the chain carries the hidden probabilities on, where it should carry units that
are drawn, 0 or 1. Their chance is part of the model.
"""


def cd_gradient(v, W, a, b, k, rng):
    W, a, b, v = as_rbm(W, a=a, b=b, v=v)
    require_whole(least=1, k=k)
    def sigma(x):
        return 0.5 + 0.5 * np.tanh(0.5 * x)

    model = v
    for _ in range(k):
        h = sigma(model @ W + b)
        model = (rng.random(v.shape) < sigma(h @ W.T + a)).astype(float)
    data, dream = sigma(v @ W + b), sigma(model @ W + b)
    dW = (v.T @ data - model.T @ dream) / len(v)
    return dW, (v - model).mean(axis=0), (data - dream).mean(axis=0)
