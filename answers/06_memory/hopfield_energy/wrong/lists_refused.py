"""lists not turned into arrays

It looks like the function works on arrays only and fails for a list. Leave the stub's first lines in
place: they turn lists into arrays.

Breaks: s : array_like, shape
Breaks: W : array_like, shape
Breaks: theta : array_like, shape
"""


def hopfield_energy(s, W, theta):
    return theta.dot(s) - 0.5 * s.dot(W.dot(s))
