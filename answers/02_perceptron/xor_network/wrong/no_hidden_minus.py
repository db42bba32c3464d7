"""no hidden layer"""


def xor_network():
    return [([[1], [-1]], [-0.5])]
