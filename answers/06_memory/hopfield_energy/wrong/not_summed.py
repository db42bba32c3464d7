"""not summed

It looks like you return a number for each spin. The energy belongs to the whole state: one
number.

Breaks: Return the energy of
"""


def hopfield_energy(s, W, theta):
    W, theta, s = as_hopfield(W, theta, s)
    return -0.5 * s * (W @ s) + theta * s
