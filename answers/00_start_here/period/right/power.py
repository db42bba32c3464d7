"""By way of the angular frequency."""


def period(length, g=9.81):
    require_positive(length=length, g=g)
    omega = (g / length) ** 0.5
    return 2 * np.pi / omega
