"""angular frequency in place of the period

It looks like you return √(g/L), the angular frequency in radians a second. One swing takes 2π
divided by it.
"""


def period(length, g=9.81):
    require_positive(length=length, g=g)
    return np.sqrt(g / length)
