"""the same chance for both layers

It looks like the visible units are drawn with the random numbers of the hidden ones, or one step
with those of another. Draw new ones for every layer and every step.
"""


def cd_gradient(v, W, a, b, k, rng):
    W, a, b, v = as_rbm(W, a=a, b=b, v=v)
    require_whole(least=1, k=k)
    data, model = p_hidden(v, W, b), v
    for _ in range(k):
        chance = rng.random((len(v), max(len(a), len(b))))
        h = chance[:, : len(b)] < p_hidden(model, W, b)
        model = (chance[:, : len(a)] < p_visible(h, W, a)).astype(float)
    dream = p_hidden(model, W, b)
    dW = (v.T @ data - model.T @ dream) / len(v)
    return dW, (v - model).mean(axis=0), (data - dream).mean(axis=0)
