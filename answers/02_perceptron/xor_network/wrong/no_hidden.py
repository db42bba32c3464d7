"""no hidden layer

It looks like there is one layer only. The four inequalities above show that no weights of a
single layer will do: put units in between.
"""


def xor_network():
    return [(np.array([[1.0], [1.0]]), np.array([-0.5]))]
