"""half of each pair

It looks like you count each pair once and still take the half. The 1/2 belongs to the sum over
all i and j, which meets each pair twice.
"""


def hopfield_energy(s, W, theta):
    W, theta, s = as_hopfield(W, theta, s)
    n = len(s)
    pairs = sum(W[i, j] * s[i] * s[j] for i in range(n) for j in range(i))
    return -0.5 * pairs + theta @ s
