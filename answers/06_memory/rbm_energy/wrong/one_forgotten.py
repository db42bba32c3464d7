"""the 1 in the logarithm forgotten

It looks like the 1 in ln(1 + e^x) is left out of the free energy. It is the state with the
hidden unit off: without it only states with all hidden units on are counted.
"""


def rbm_energy(v, h, W, a, b):
    W, a, b, v, h = as_rbm(W, a=a, b=b, v=v, h=h)
    return -(v @ a) - h @ b - np.sum((v @ W) * h, axis=1)


def free_energy(v, W, a, b):
    W, a, b, v = as_rbm(W, a=a, b=b, v=v)
    return -(v @ a) - np.sum(b + v @ W, axis=1)
