"""factor 1/2

It looks like the pairs enter with a factor 1/2. Here W is not square: each pair of a visible
and a hidden unit is met once only.
"""


def rbm_energy(v, h, W, a, b):
    W, a, b, v, h = as_rbm(W, a=a, b=b, v=v, h=h)
    return -v @ a - h @ b - 0.5 * ((v @ W) * h).sum(axis=1)


def free_energy(v, W, a, b):
    W, a, b, v = as_rbm(W, a=a, b=b, v=v)
    return -v @ a - np.logaddexp(0, v @ W + b).sum(axis=1)
