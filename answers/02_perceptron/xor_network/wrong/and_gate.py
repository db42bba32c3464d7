"""AND in place of XOR

It looks like the network fires at (1, 1) only: that is AND. XOR is silent there, and fires
where exactly one input is 1.

Breaks: Return a network of threshold
"""


def xor_network():
    return [
        (np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([-0.5, -1.5])),
        (np.array([[1.0], [1.0]]), np.array([-1.5])),
    ]
