"""every row with every other

It looks like each row of v meets each row of h, so that a table comes out. Row by row they
belong together: m energies for m pairs.
"""


def rbm_energy(v, h, W, a, b):
    W, a, b, v, h = as_rbm(W, a=a, b=b, v=v, h=h)
    return -(v @ a)[:, None] - h @ b - v @ W @ h.T


def free_energy(v, W, a, b):
    W, a, b, v = as_rbm(W, a=a, b=b, v=v)
    return -v @ a - np.logaddexp(0, v @ W + b).sum(axis=1)
