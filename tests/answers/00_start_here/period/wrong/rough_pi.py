"""a rounded π

It looks like π is 3.14 in your formula. That is off by half a per mille: NumPy knows π to
sixteen digits.
"""


def period(length, g=9.81):
    require_positive(length=length, g=g)
    return 2 * 3.14 * (length / g) ** 0.5
