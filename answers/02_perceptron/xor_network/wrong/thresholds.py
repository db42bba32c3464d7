"""one answer at all corners

It looks like the network gives the same answer at all four corners. Have you written thresholds
as biases? A unit that is to fire from a sum of ω0 on has the bias b = −ω0.

Breaks: Every unit answers 1 where
"""


def xor_network():
    return [
        (np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([0.5, 1.5])),
        (np.array([[1.0], [-1.0]]), np.array([0.5])),
    ]
