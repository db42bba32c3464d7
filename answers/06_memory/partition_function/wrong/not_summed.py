"""weights not added up

It looks like one number for each state is returned. Z is their sum.
"""


def partition_function(W, theta, beta):
    W, theta = as_hopfield(W, theta)
    require_not_negative(beta=beta)
    require_few_units(W)
    states = product([-1, 1], repeat=len(theta))
    return np.array([np.exp(-beta * hopfield_energy(s, W, theta)) for s in states])
