"""sum over the batch

It looks like the batch is summed, not averaged: larger batches then take larger steps at the
same alpha.

Breaks: means over the batch
"""


def cd_gradient(v, W, a, b, k, rng):
    W, a, b, v = as_rbm(W, a=a, b=b, v=v)
    require_whole(least=1, k=k)
    data, model = p_hidden(v, W, b), v
    for _ in range(k):
        h = rng.random(data.shape) < p_hidden(model, W, b)
        model = (rng.random(v.shape) < p_visible(h, W, a)).astype(float)
    dream = p_hidden(model, W, b)
    dW = (v.T @ data - model.T @ dream)
    return dW, (v - model).sum(axis=0), (data - dream).sum(axis=0)
