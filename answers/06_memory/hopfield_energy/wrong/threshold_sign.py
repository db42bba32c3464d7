"""sign of theta

It looks like the thresholds enter with a minus. A high threshold should make it costly for its
spin to be +1.
"""


def hopfield_energy(s, W, theta):
    W, theta, s = as_hopfield(W, theta, s)
    return -0.5 * s @ W @ s - theta @ s
