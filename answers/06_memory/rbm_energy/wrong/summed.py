"""one number for all samples

It looks like all samples are added into one number. Each row has an energy of its own.
"""


def rbm_energy(v, h, W, a, b):
    W, a, b, v, h = as_rbm(W, a=a, b=b, v=v, h=h)
    return -(v @ a + h @ b + ((v @ W) * h).sum(axis=1)).sum()


def free_energy(v, W, a, b):
    W, a, b, v = as_rbm(W, a=a, b=b, v=v)
    return -(v @ a + np.logaddexp(0, v @ W + b).sum(axis=1)).sum()
