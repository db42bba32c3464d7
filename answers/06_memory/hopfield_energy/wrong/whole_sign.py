"""sign

It looks like the whole energy has its sign turned round: what should be a valley is a hill.
"""


def hopfield_energy(s, W, theta):
    W, theta, s = as_hopfield(W, theta, s)
    return 0.5 * s @ W @ s - theta @ s
