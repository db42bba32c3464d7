"""thresholds halved

It looks like the ½ stands before both sums. It belongs to the double sum, which meets every pair
twice; each threshold is met only once.
"""


def hopfield_energy(s, W, theta):
    W, theta, s = as_hopfield(W, theta, s)
    return float(-0.5 * (s @ W @ s + theta @ s))
