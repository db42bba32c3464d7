"""one chance for many units

It looks like one random number decides about several units or rows. Every unit of every row needs a
chance of its own: draw an array of the layer's shape, (m, n).
"""


def cd_gradient(v, W, a, b, k, rng):
    W, a, b, v = as_rbm(W, a=a, b=b, v=v)
    require_whole(least=1, k=k)
    data, model = p_hidden(v, W, b), v
    for _ in range(k):
        h = rng.random() < p_hidden(model, W, b)
        model = (rng.random() < p_visible(h, W, a)).astype(float)
    dream = p_hidden(model, W, b)
    dW = (v.T @ data - model.T @ dream) / len(v)
    return dW, (v - model).mean(axis=0), (data - dream).mean(axis=0)
