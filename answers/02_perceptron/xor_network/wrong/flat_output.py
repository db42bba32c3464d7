"""last layer not a table

It looks like the last layer's W is a row of numbers. It is a table too: one row for each hidden
unit, one column for the one output, so (n_hidden, 1).

Breaks: The layers in order, each
"""


def xor_network():
    return [
        (np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([-0.5, -1.5])),
        (np.array([1.0, -1.0]), np.array([-0.5])),
    ]
