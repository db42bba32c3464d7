"""sign of the soft part

It looks like the logarithms enter the free energy with a plus. Hidden units offer a choice of
states, and that lowers the free energy.

Breaks: Return the free energies
"""


def rbm_energy(v, h, W, a, b):
    W, a, b, v, h = as_rbm(W, a=a, b=b, v=v, h=h)
    return -v @ a - h @ b - ((v @ W) * h).sum(axis=1)


def free_energy(v, W, a, b):
    W, a, b, v = as_rbm(W, a=a, b=b, v=v)
    return -v @ a + np.logaddexp(0, v @ W + b).sum(axis=1)
