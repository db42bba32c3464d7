"""Draws uniform numbers as logits: on where the field is above them."""


def cd_gradient(v, W, a, b, k, rng):
    W, a, b, v = as_rbm(W, a=a, b=b, v=v)
    require_whole(least=1, k=k)
    model = v
    for _ in range(k):
        h = model @ W + b > rng.logistic(size=(len(v), len(b)))
        model = (h @ W.T + a > rng.logistic(size=v.shape)).astype(float)
    data, dream = p_hidden(v, W, b), p_hidden(model, W, b)
    return (v.T @ data - model.T @ dream) / len(v), v.mean(0) - model.mean(0), data.mean(0) - dream.mean(0)
