"""units 0 and 1"""


def partition_function(W, theta, beta):
    W, theta = as_hopfield(W, theta)
    require_not_negative(beta=beta)
    require_few_units(W)
    states = product([0, 1], repeat=len(theta))
    return sum(np.exp(-beta * hopfield_energy(s, W, theta)) for s in states)
