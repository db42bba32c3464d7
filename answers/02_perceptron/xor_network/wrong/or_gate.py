"""OR in place of XOR

It looks like the network fires at (1, 1) as well: that is OR. The last unit has to hear from
the hidden unit that says "both", and with the opposite sign.
"""


def xor_network():
    return [
        (np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([-0.5, -1.5])),
        (np.array([[1.0], [1.0]]), np.array([-0.5])),
    ]
