"""thresholds halved"""


def hopfield_energy(s, W, theta):
    W, theta, s = as_hopfield(W, theta, s)
    return -0.5 * (s @ W @ s - theta @ s)
