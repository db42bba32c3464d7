"""guard line deleted

It looks like a line of the stub that checks the input is missing or changed. Put it back: it turns lists
into arrays, and refuses in words what does not fit.

Breaks: Raises ValueError if shapes
"""


def rbm_energy(v, h, W, a, b):
    W, a, b, v, h = map(np.asarray, (W, a, b, v, h))
    return -v @ a - h @ b - ((v @ W) * h).sum(axis=1)


def free_energy(v, W, a, b):
    W, a, b, v = as_rbm(W, a=a, b=b, v=v)
    return -v @ a - np.logaddexp(0, v @ W + b).sum(axis=1)
