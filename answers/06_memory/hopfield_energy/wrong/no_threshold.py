"""theta forgotten

It looks like the thresholds play no part. The energy has a second sum, over single spins.
"""


def hopfield_energy(s, W, theta):
    W, theta, s = as_hopfield(W, theta, s)
    return -0.5 * s @ W @ s
