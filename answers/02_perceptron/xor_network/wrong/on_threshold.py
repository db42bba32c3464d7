"""a unit on its threshold

It looks like a unit has z = 0 at some corner. The answers are right, but the least noise turns
that one round. Move the bias half-way between the two values it has to tell apart.

Breaks: at the four corners no
"""


def xor_network():
    return [
        (np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([-1.0, -2.0])),
        (np.array([[1.0], [-1.0]]), np.array([-1.0])),
    ]
