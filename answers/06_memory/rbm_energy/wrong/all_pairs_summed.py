"""every row with every other, summed

It looks like each row of v meets all rows of h, in the coupling term at least, and the results are
summed. Only the rows of one pair belong together.
"""


def rbm_energy(v, h, W, a, b):
    W, a, b, v, h = as_rbm(W, a=a, b=b, v=v, h=h)
    return -(v @ a) - (h @ b) - (v @ W @ h.T).sum(axis=1)


def free_energy(v, W, a, b):
    W, a, b, v = as_rbm(W, a=a, b=b, v=v)
    return -v @ a - np.logaddexp(0, v @ W + b).sum(axis=1)
