"""missing 1/2

It looks like every pair of spins counts twice in the energy. Your hopfield_energy knows about
the 1/2.
"""


def partition_function(W, theta, beta):
    W, theta = as_hopfield(W, theta)
    require_not_negative(beta=beta)
    require_few_units(W)
    s = np.array(list(product([-1, 1], repeat=len(theta))))
    energies = s @ theta - ((s @ W) * s).sum(axis=1)
    return np.exp(-beta * energies).sum()
