"""g is ignored"""


def period(length, g=9.81):
    require_positive(length=length, g=g)
    g = 9.81
    return 2 * np.pi * np.sqrt(length / g)
