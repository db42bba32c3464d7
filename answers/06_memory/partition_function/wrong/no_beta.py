"""beta forgotten

It looks like the temperature plays no part. At beta = 0 every state counts 1, and Z is the
number of states.

Breaks: beta : float
"""


def partition_function(W, theta, beta):
    W, theta = as_hopfield(W, theta)
    require_not_negative(beta=beta)
    require_few_units(W)
    states = product([-1, 1], repeat=len(theta))
    return sum(np.exp(-hopfield_energy(s, W, theta)) for s in states)
