"""Sums out the hidden units by brute force."""


def rbm_energy(v, h, W, a, b):
    W, a, b, v, h = as_rbm(W, a=a, b=b, v=v, h=h)
    return -v @ a - h @ b - ((v @ W) * h).sum(axis=1)


def free_energy(v, W, a, b):
    W, a, b, v = as_rbm(W, a=a, b=b, v=v)
    out = []
    for row in v:
        states = np.array(list(product([0.0, 1.0], repeat=len(b))))
        exponents = states @ (row @ W + b)
        top = exponents.max()
        out.append(-row @ a - top - np.log(np.exp(exponents - top).sum()))
    return np.array(out)
