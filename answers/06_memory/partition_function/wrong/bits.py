"""units 0 and 1

It looks like the sum runs over units 0 and 1. The states here are spins, −1 and +1.
"""


def partition_function(W, theta, beta):
    W, theta = as_hopfield(W, theta)
    require_not_negative(beta=beta)
    require_few_units(W)
    s = np.array(list(product([0, 1], repeat=len(theta))))
    energies = s @ theta - 0.5 * ((s @ W) * s).sum(axis=1)
    return np.exp(-beta * energies).sum()
