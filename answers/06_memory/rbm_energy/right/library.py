"""Einstein's sum and NumPy's logaddexp.reduce over the states of each hidden unit."""


def rbm_energy(v, h, W, a, b):
    W, a, b, v, h = as_rbm(W, a=a, b=b, v=v, h=h)
    return -np.einsum("mi,ij,mj->m", v, W, h) - np.dot(v, a) - np.dot(h, b)


def free_energy(v, W, a, b):
    W, a, b, v = as_rbm(W, a=a, b=b, v=v)
    inputs = v @ W + b
    both = np.logaddexp.reduce([np.zeros_like(inputs), inputs], axis=0)
    return -(v * a).sum(axis=1) - both.sum(axis=1)
