"""drawn the wrong way round

It looks like a unit is on when chance is above its probability, so likely units stay off. How
often is a number from [0, 1) below p?
"""


def cd_gradient(v, W, a, b, k, rng):
    W, a, b, v = as_rbm(W, a=a, b=b, v=v)
    require_whole(least=1, k=k)
    data, model = p_hidden(v, W, b), v
    for _ in range(k):
        h = rng.random(data.shape) > p_hidden(model, W, b)
        model = (rng.random(v.shape) > p_visible(h, W, a)).astype(float)
    dream = p_hidden(model, W, b)
    dW = (v.T @ data - model.T @ dream) / len(v)
    return dW, (v - model).mean(axis=0), (data - dream).mean(axis=0)
