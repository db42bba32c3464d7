"""a copy of the generator

It looks like all chance comes from a copy of rng, so that rng itself stays where it was and a second
run repeats the first. Draw from rng itself.
"""


def cd_gradient(v, W, a, b, k, rng):
    W, a, b, v = as_rbm(W, a=a, b=b, v=v)
    require_whole(least=1, k=k)
    import copy

    rng = copy.deepcopy(rng)
    data, model = p_hidden(v, W, b), v
    for _ in range(k):
        h = rng.random(data.shape) < p_hidden(model, W, b)
        model = (rng.random(v.shape) < p_visible(h, W, a)).astype(float)
    dream = p_hidden(model, W, b)
    dW = (v.T @ data - model.T @ dream) / len(v)
    return dW, (v - model).mean(axis=0), (data - dream).mean(axis=0)
