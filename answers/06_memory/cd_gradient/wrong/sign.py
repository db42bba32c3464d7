"""sign

It looks like the direction is downhill: the model's mean minus the data's. Learning goes
towards the data and away from the dream.

Breaks: Return the CD-k estimate
"""


def cd_gradient(v, W, a, b, k, rng):
    W, a, b, v = as_rbm(W, a=a, b=b, v=v)
    require_whole(least=1, k=k)
    data, model = p_hidden(v, W, b), v
    for _ in range(k):
        h = rng.random(data.shape) < p_hidden(model, W, b)
        model = (rng.random(v.shape) < p_visible(h, W, a)).astype(float)
    dream = p_hidden(model, W, b)
    dW = (model.T @ dream - v.T @ data) / len(v)
    return dW, (model - v).mean(axis=0), (dream - data).mean(axis=0)
