"""power before division

It looks like the power 0.5 reaches g only: Python takes powers before quotients. Put the
quotient in brackets.
"""


def period(length, g=9.81):
    require_positive(length=length, g=g)
    return 2 * np.pi * length / g**0.5
