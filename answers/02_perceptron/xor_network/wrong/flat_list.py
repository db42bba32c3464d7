"""one list of four arrays

It looks like W and b of all layers stand in one list. Put each layer's two into a pair: [(W,
b), (W, b)].

Breaks: list of (W, b)
"""


def xor_network():
    hidden = (np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([-0.5, -1.5]))  # at least one; both
    output = (np.array([[1.0], [-1.0]]), np.array([-0.5]))  # the first, but not the second
    return [*hidden, *output]
