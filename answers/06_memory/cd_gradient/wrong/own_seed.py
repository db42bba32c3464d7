"""a generator of a fixed seed

It looks like the chain's chance comes from a generator of your own with a fixed seed: every run is the
same. Draw from the rng you are given.

Breaks: rng : numpy.random.Generator
"""


def cd_gradient(v, W, a, b, k, rng):
    W, a, b, v = as_rbm(W, a=a, b=b, v=v)
    require_whole(least=1, k=k)
    rng = np.random.default_rng(0)
    data, model = p_hidden(v, W, b), v
    for _ in range(k):
        h = rng.random(data.shape) < p_hidden(model, W, b)
        model = (rng.random(v.shape) < p_visible(h, W, a)).astype(float)
    dream = p_hidden(model, W, b)
    dW = (v.T @ data - model.T @ dream) / len(v)
    return dW, (v - model).mean(axis=0), (data - dream).mean(axis=0)
