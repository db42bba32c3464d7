"""the square of the period

It looks like you return the square of the period, 4π²L/g. Check the units: m divided by m/s² is
s². Its root is missing.
"""


def period(length, g=9.81):
    require_positive(length=length, g=g)
    return 4 * np.pi**2 * length / g
