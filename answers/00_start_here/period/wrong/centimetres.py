"""length taken in centimetres

It looks like you divide the length by 100, as if it were in centimetres. It is given in metres,
as g is.

Breaks: Length of the pendulum in metres.
"""


def period(length, g=9.81):
    require_positive(length=length, g=g)
    return 2 * np.pi * np.sqrt(length / 100 / g)
