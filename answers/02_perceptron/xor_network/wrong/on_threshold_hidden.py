"""a unit on its threshold"""


def xor_network():
    return [
        ([[1, -1], [-1, 1]], [-1, -1]),
        ([[1], [1]], [-0.5]),
    ]
