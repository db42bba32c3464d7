"""missing 1/2"""


def hopfield_energy(s, W, theta):
    W, theta, s = as_hopfield(W, theta, s)
    n = len(s)
    pairs = sum(W[i, j] * s[i] * s[j] for i in range(n) for j in range(n))
    return -pairs + sum(theta * s)
