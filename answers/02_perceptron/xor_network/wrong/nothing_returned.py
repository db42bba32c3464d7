"""nothing is returned

It looks like the layers are made but not handed back. End the function with a `return` of the
list of layers.
"""


def xor_network():
    hidden = (np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([-0.5, -1.5]))  # at least one; both
    output = (np.array([[1.0], [-1.0]]), np.array([-0.5]))  # the first, but not the second
    layers = [hidden, output]
