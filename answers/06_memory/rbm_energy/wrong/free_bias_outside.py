"""hidden bias outside the logarithm

It looks like b is added outside the logarithm in F. It is part of a hidden unit's input, and
goes where the couplings go.
"""


def rbm_energy(v, h, W, a, b):
    W, a, b, v, h = as_rbm(W, a=a, b=b, v=v, h=h)
    return -v @ a - h @ b - ((v @ W) * h).sum(axis=1)


def free_energy(v, W, a, b):
    W, a, b, v = as_rbm(W, a=a, b=b, v=v)
    return -v @ a - np.logaddexp(0, v @ W).sum(axis=1) - b.sum()
