"""lists not turned into arrays

It looks like the function works on arrays only and fails for a list. Leave the stub's first lines in
place: they turn lists into arrays.

Breaks: W, theta : array_like
"""


def partition_function(W, theta, beta):
    require_not_negative(beta=beta)
    require_few_units(W)
    states = np.array(list(product([-1, 1], repeat=W.shape[0])))
    energies = states @ theta - 0.5 * np.einsum("ki,ij,kj->k", states, W, states)
    return np.exp(-beta * energies).sum()
