"""missing 1/2

It looks like every pair is counted twice, once as (i, j) and once as (j, i). What stands before
the double sum to put that right?
"""


def hopfield_energy(s, W, theta):
    W, theta, s = as_hopfield(W, theta, s)
    return -s @ W @ s + theta @ s
