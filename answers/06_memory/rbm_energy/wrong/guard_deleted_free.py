"""guard line deleted"""


def rbm_energy(v, h, W, a, b):
    W, a, b, v, h = as_rbm(W, a=a, b=b, v=v, h=h)
    return -v @ a - h @ b - ((v @ W) * h).sum(axis=1)


def free_energy(v, W, a, b):
    W, a, b, v = map(np.asarray, (W, a, b, v))
    return -(v * a[: v.shape[1]]).sum(axis=1) - np.logaddexp(0, v @ W + b).sum(axis=1)
