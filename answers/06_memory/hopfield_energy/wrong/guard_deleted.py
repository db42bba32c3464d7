"""guard line deleted

It looks like a line of the stub that checks the input is missing or changed. Put it back: it turns lists
into arrays, and refuses in words what does not fit.

Breaks: If shapes disagree
Breaks: Symmetric, zeros on
"""


def hopfield_energy(s, W, theta):
    W, theta, s = np.asarray(W), np.asarray(theta), np.asarray(s)
    return theta @ s - 0.5 * (W * np.outer(s, s)).sum()
