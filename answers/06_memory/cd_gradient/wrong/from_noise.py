"""chains from anywhere

It looks like the chains start at random states. Each starts from its own row of the data: that is what
makes few steps enough.

Breaks: One chain starts from
"""


def cd_gradient(v, W, a, b, k, rng):
    W, a, b, v = as_rbm(W, a=a, b=b, v=v)
    require_whole(least=1, k=k)
    data, model = p_hidden(v, W, b), 1.0 * (rng.random(v.shape) < 0.5)
    for _ in range(k):
        h = rng.random(data.shape) < p_hidden(model, W, b)
        model = (rng.random(v.shape) < p_visible(h, W, a)).astype(float)
    dream = p_hidden(model, W, b)
    dW = (v.T @ data - model.T @ dream) / len(v)
    return dW, (v - model).mean(axis=0), (data - dream).mean(axis=0)
