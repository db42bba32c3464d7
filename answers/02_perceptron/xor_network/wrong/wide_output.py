"""two output units

It looks like the last layer has two units, or its table lies on its side: W of the last layer
is (n_hidden, 1), for one answer.

Breaks: The first takes 2 inputs
"""


def xor_network():
    return [
        (np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([-0.5, -1.5])),
        (np.array([[1.0, -1.0]]), np.array([-0.5])),
    ]
