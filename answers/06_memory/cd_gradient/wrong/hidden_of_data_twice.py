"""hidden units of the data in both parts

It looks like the model's part uses the hidden probabilities of the data. At the end of the chain
ask p_hidden again, with the visible units that the chain has reached.
"""


def cd_gradient(v, W, a, b, k, rng):
    W, a, b, v = as_rbm(W, a=a, b=b, v=v)
    require_whole(least=1, k=k)
    ph0 = p_hidden(v, W, b)
    vk = v
    for _ in range(k):
        h = (rng.random((len(vk), len(b))) < p_hidden(vk, W, b)) * 1.0
        vk = (rng.random(vk.shape) < p_visible(h, W, a)) * 1.0
    m = len(v)
    return (v.T @ ph0 - vk.T @ ph0) / m, (v - vk).mean(axis=0), (ph0 - ph0).mean(axis=0)
