"""The first alone, or the second alone."""


def xor_network():
    return [
        ([[1, -1], [-1, 1]], [-0.5, -0.5]),
        ([[1], [1]], [-0.5]),
    ]
