"""At least one, and not-both, joined by AND."""


def xor_network():
    at_least_one, not_both = [10, 10, -5], [-10, -10, 15]
    W = np.array([at_least_one[:2], not_both[:2]]).T
    b = np.array([at_least_one[2], not_both[2]])
    both = np.array([10, 10]).reshape(2, 1)
    return [(W, b), (both, np.array([-15]))]
