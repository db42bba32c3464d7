"""sign of the pairs

It looks like the pairs enter with a plus. Spins that do as a positive coupling wants should
have the lower energy.
"""


def hopfield_energy(s, W, theta):
    W, theta, s = as_hopfield(W, theta, s)
    return 0.5 * s @ W @ s + theta @ s
