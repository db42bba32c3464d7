"""lists not turned into arrays

It looks like the function works on arrays only and fails for a list. Leave the stub's first lines in
place: they turn lists into arrays.

Breaks: v : array_like, shape
Breaks: W, a, b : array_like
"""


def cd_gradient(v, W, a, b, k, rng):
    require_whole(least=1, k=k)
    data, model = p_hidden(v, W, b), v
    for _ in range(k):
        h = rng.random(data.shape) < p_hidden(model, W, b)
        model = (rng.random(v.shape) < p_visible(h, W, a)).astype(float)
    dream = p_hidden(model, W, b)
    dW = (v.T @ data - model.T @ dream) / len(v)
    return dW, (v - model).mean(axis=0), (data - dream).mean(axis=0)
