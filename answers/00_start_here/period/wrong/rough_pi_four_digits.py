"""a rounded π"""


def period(length, g=9.81):
    require_positive(length=length, g=g)
    return 2 * 3.1416 * np.sqrt(length / g)
