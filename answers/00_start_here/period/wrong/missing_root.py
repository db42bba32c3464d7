"""missing root

It looks like the root is missing. Check the units: m divided by m/s² is s², not s.
"""


def period(length, g=9.81):
    require_positive(length=length, g=g)
    return 2 * np.pi * length / g
