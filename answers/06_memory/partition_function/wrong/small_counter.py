"""states counted in eight bits

It looks like the states are numbered by integers of 8 bits, which end at 255. With more than 8 units
there are more states than that: use int.

Breaks: At most 20 units.
"""


def partition_function(W, theta, beta):
    W, theta = as_hopfield(W, theta)
    require_not_negative(beta=beta)
    require_few_units(W)
    n = len(theta)
    number = np.arange(2**n).astype(np.uint8)
    states = 2.0 * (number[:, None] >> np.arange(n) & 1) - 1
    energies = states @ theta - 0.5 * np.einsum("ki,ij,kj->k", states, W, states)
    return np.exp(-beta * energies).sum()
