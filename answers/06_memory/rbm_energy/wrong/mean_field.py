"""no entropy

It looks like F is the energy at the mean of the hidden units. A free energy also holds their
entropy: sum exp(−E) over all h, then take the logarithm.
"""


def rbm_energy(v, h, W, a, b):
    W, a, b, v, h = as_rbm(W, a=a, b=b, v=v, h=h)
    return -v @ a - h @ b - ((v @ W) * h).sum(axis=1)


def free_energy(v, W, a, b):
    W, a, b, v = as_rbm(W, a=a, b=b, v=v)
    x = v @ W + b
    h = 1 / (1 + np.exp(-x))
    return -v @ a - (x * h).sum(axis=1)
