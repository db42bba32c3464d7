"""one answer at all corners

It looks like the network gives the same answer at all four corners. Work out by hand what each
hidden unit says there: one "at least one", one "both", with b = −ω0 for a threshold ω0.

Breaks: Every unit answers 1 where
"""


def xor_network():
    return [
        (np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([0.5, 1.5])),
        (np.array([[1.0], [-1.0]]), np.array([0.5])),
    ]
