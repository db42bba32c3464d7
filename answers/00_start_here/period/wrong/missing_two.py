"""missing 2

It looks like a factor 2 is missing: π√(L/g) is the time from one side to the other. A period is
there and back.
"""


def period(length, g=9.81):
    require_positive(length=length, g=g)
    return np.pi * np.sqrt(length / g)
