"""sign of the visible bias in F

It looks like the visible bias has a plus in F. It keeps the sign that it has in E.
"""


def rbm_energy(v, h, W, a, b):
    W, a, b, v, h = as_rbm(W, a=a, b=b, v=v, h=h)
    return -v @ a - h @ b - ((v @ W) * h).sum(axis=1)


def free_energy(v, W, a, b):
    W, a, b, v = as_rbm(W, a=a, b=b, v=v)
    return v @ a - np.logaddexp(0, v @ W + b).sum(axis=1)
