"""overflow

It looks like the free energy is infinite where the input is large: exp overflows before the
logarithm is taken. For large x, ln(1 + exp x) is just x.
"""


def rbm_energy(v, h, W, a, b):
    W, a, b, v, h = as_rbm(W, a=a, b=b, v=v, h=h)
    return -v @ a - h @ b - ((v @ W) * h).sum(axis=1)


def free_energy(v, W, a, b):
    W, a, b, v = as_rbm(W, a=a, b=b, v=v)
    return -v @ a - np.log(1 + np.exp(v @ W + b)).sum(axis=1)
