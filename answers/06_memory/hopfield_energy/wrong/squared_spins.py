"""spins squared

It looks like both factors of a pair are the same spin, and a spin squared is 1. The pair is
spin i with spin j.

Breaks: Spins −1 and +1
"""


def hopfield_energy(s, W, theta):
    W, theta, s = as_hopfield(W, theta, s)
    return -0.5 * (W * s**2).sum() + theta @ s
