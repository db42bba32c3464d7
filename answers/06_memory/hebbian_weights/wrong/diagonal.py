"""diagonal kept

It looks like the diagonal is not 0. A spin that is coupled to itself votes for staying as it
is: look at W with i = j.
"""


def hebbian_weights(patterns):
    patterns = as_spins(patterns, "patterns", ndim=2)
    return patterns.T @ patterns / patterns.shape[1]
