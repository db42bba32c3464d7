"""theta forgotten

It looks like the thresholds play no part: even a single spin gives Z = 2. They are part of the
energy.
"""


def partition_function(W, theta, beta):
    W, theta = as_hopfield(W, theta)
    require_not_negative(beta=beta)
    require_few_units(W)
    states = product([-1, 1], repeat=len(theta))
    return sum(np.exp(-beta * hopfield_energy(s, W, 0 * theta)) for s in states)
