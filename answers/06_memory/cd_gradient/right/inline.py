"""Its own sigma; numbers drawn with rng.binomial."""


def cd_gradient(v, W, a, b, k, rng):
    W, a, b, v = as_rbm(W, a=a, b=b, v=v)
    require_whole(least=1, k=k)
    def sigma(x):
        return 1 / (1 + np.exp(np.clip(-x, -700, 700)))

    chain = v.copy()
    for _ in range(k):
        hidden = rng.binomial(1, sigma(chain @ W + b))
        chain = rng.binomial(1, sigma(hidden @ W.T + a))
    before, after = sigma(v @ W + b), sigma(chain @ W + b)
    m = v.shape[0]
    dW = np.einsum("mi,mj->ij", v, before) - np.einsum("mi,mj->ij", chain, after)
    return dW / m, v.mean(0) - chain.mean(0), before.mean(0) - after.mean(0)
