"""Lets the last hidden layer enter drawn, which is noisier but also right."""


def cd_gradient(v, W, a, b, k, rng):
    W, a, b, v = as_rbm(W, a=a, b=b, v=v)
    require_whole(least=1, k=k)
    def draw(p):
        return (p > rng.uniform(size=p.shape)).astype(float)

    first = draw(p_hidden(v, W, b))
    h = first
    for _ in range(k):
        x = draw(p_visible(h, W, a))
        h = draw(p_hidden(x, W, b))
    m = len(v)
    return (v.T @ first - x.T @ h) / m, (v - x).sum(0) / m, (first - h).sum(0) / m
