"""The standard library."""


def period(length, g=9.81):
    require_positive(length=length, g=g)
    import math

    return math.tau * math.sqrt(length) / math.sqrt(g)
