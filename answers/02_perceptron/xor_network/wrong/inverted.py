"""XNOR in place of XOR

It looks like the network fires exactly where it should be silent. All four answers turn round
if the last unit's weights and bias change sign.
"""


def xor_network():
    return [
        (np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([-0.5, -1.5])),
        (np.array([[-1.0], [1.0]]), np.array([0.5])),
    ]
