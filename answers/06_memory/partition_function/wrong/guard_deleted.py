"""guard line deleted

It looks like a line of the stub that checks the input is missing or changed. Put it back: it turns lists
into arrays, and refuses in words what does not fit.

Breaks: If shapes disagree
"""


def partition_function(W, theta, beta):
    W, theta = np.asarray(W), np.asarray(theta)
    require_not_negative(beta=beta)
    require_few_units(W)
    states = np.array(list(product([-1, 1], repeat=len(W))))
    energies = states @ theta - 0.5 * np.einsum("ki,ij,kj->k", states, W, states)
    return np.exp(-beta * energies).sum()
