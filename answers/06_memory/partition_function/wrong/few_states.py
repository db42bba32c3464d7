"""only N + 1 states

It looks like states that hold equally many spins +1 are counted once only. It matters which
spins are up: there are 2 to the N states.

Breaks: Return Z, the sum
"""


def partition_function(W, theta, beta):
    W, theta = as_hopfield(W, theta)
    require_not_negative(beta=beta)
    require_few_units(W)
    from itertools import combinations_with_replacement

    states = combinations_with_replacement([-1, 1], len(theta))
    return sum(np.exp(-beta * hopfield_energy(s, W, theta)) for s in states)
