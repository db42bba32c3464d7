"""mean in place of sum

It looks like you take the mean over the states. Z is their sum: at beta = 0 it counts them.
"""


def partition_function(W, theta, beta):
    W, theta = as_hopfield(W, theta)
    require_not_negative(beta=beta)
    require_few_units(W)
    states = product([-1, 1], repeat=len(theta))
    return 0.5 ** len(theta) * sum(np.exp(-beta * hopfield_energy(s, W, theta)) for s in states)
