"""visible bias forgotten in E

It looks like the visible bias is left out of the energy. It has three terms: two biases, and the
couplings.
"""


def rbm_energy(v, h, W, a, b):
    W, a, b, v, h = as_rbm(W, a=a, b=b, v=v, h=h)
    return -h @ b - ((v @ W) * h).sum(axis=1)


def free_energy(v, W, a, b):
    W, a, b, v = as_rbm(W, a=a, b=b, v=v)
    return -v @ a - np.logaddexp(0, v @ W + b).sum(axis=1)
