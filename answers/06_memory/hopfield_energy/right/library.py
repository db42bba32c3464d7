"""Einstein's sum."""


def hopfield_energy(s, W, theta):
    W, theta, s = as_hopfield(W, theta, s)
    return -np.einsum("i,ij,j", s, W, s) / 2 + np.inner(theta, s)
