"""exponential of the sum

It looks like the energies are added first and the exponential is taken of the sum. Each state
has an exponential of its own.
"""


def partition_function(W, theta, beta):
    W, theta = as_hopfield(W, theta)
    require_not_negative(beta=beta)
    require_few_units(W)
    states = product([-1, 1], repeat=len(theta))
    return np.exp(-beta * sum(hopfield_energy(s, W, theta) for s in states))
