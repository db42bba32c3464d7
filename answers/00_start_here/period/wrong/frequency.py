"""frequency in place of the period

It looks like you return the frequency, swings a second. The period is how long one swing takes.
"""


def period(length, g=9.81):
    require_positive(length=length, g=g)
    return np.sqrt(g / length) / (2 * np.pi)
