"""divided by beta

It looks like the energy is divided by beta, as by a temperature. beta is the inverse temperature: it
multiplies.

Breaks: Inverse temperature, not below
"""


def partition_function(W, theta, beta):
    W, theta = as_hopfield(W, theta)
    require_not_negative(beta=beta)
    require_few_units(W)
    states = product([-1, 1], repeat=len(theta))
    return sum(np.exp(-hopfield_energy(s, W, theta) / np.float64(beta)) for s in states)
