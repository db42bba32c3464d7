"""the same chance in every step

It looks like the random numbers are drawn once, and every step of the chain uses them again. Draw
new ones in every step.
"""


def cd_gradient(v, W, a, b, k, rng):
    W, a, b, v = as_rbm(W, a=a, b=b, v=v)
    require_whole(least=1, k=k)
    up, down = rng.random((len(v), len(b))), rng.random((len(v), len(a)))
    data, model = p_hidden(v, W, b), v
    for _ in range(k):
        h = up < p_hidden(model, W, b)
        model = (down < p_visible(h, W, a)).astype(float)
    dream = p_hidden(model, W, b)
    dW = (v.T @ data - model.T @ dream) / len(v)
    return dW, (v - model).mean(axis=0), (data - dream).mean(axis=0)
