"""All pairs as a table."""


def hopfield_energy(s, W, theta):
    W, theta, s = as_hopfield(W, theta, s)
    pairs = W * np.outer(s, s)
    return np.dot(theta, s) - np.triu(pairs, 1).sum()
