"""hidden units of the step before

It looks like the model part pairs the last v with the h it was drawn from. After the last v,
ask once more for the hidden probabilities.
"""


def cd_gradient(v, W, a, b, k, rng):
    W, a, b, v = as_rbm(W, a=a, b=b, v=v)
    require_whole(least=1, k=k)
    data, model = p_hidden(v, W, b), v
    for _ in range(k):
        dream = p_hidden(model, W, b)
        h = (rng.random(dream.shape) < dream).astype(float)
        model = (rng.random(v.shape) < p_visible(h, W, a)).astype(float)
    dW = (v.T @ data - model.T @ dream) / len(v)
    return dW, (v - model).mean(axis=0), (data - dream).mean(axis=0)
