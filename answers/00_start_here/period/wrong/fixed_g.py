"""g is ignored

It looks like your formula has 9.81 in it, so the pendulum never leaves the Earth. Use the g
that is given.

Breaks: Gravity in m/s².
"""


def period(length, g=9.81):
    require_positive(length=length, g=g)
    return 2 * np.pi * np.sqrt(length / 9.81)
