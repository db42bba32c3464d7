"""a mean over the hidden units

It looks like the free energy has the mean of the hidden units' logarithms. Each unit is a factor of
the sum over h, so its logarithm adds to the others.
"""


def rbm_energy(v, h, W, a, b):
    W, a, b, v, h = as_rbm(W, a=a, b=b, v=v, h=h)
    return -(v @ a) - (h @ b) - np.einsum("mi,ij,mj->m", v, W, h)


def free_energy(v, W, a, b):
    W, a, b, v = as_rbm(W, a=a, b=b, v=v)
    return -v @ a - np.logaddexp(0, v @ W + b).mean(axis=1)
