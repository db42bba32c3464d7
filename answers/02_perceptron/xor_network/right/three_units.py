"""Three hidden units, and one more layer than needed."""


def xor_network():
    first = (np.array([[1.0, 0.0, 1.0], [0.0, 1.0, 1.0]]), np.array([-0.5, -0.5, -1.5]))
    second = (np.array([[1.0], [1.0], [-2.0]]), np.array([-0.5]))
    third = (np.array([[4.0]]), np.array([-2.0]))
    return [first, second, third]
