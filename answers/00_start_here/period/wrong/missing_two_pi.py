"""missing 2π

It looks like the factor 2π is missing: what you have is the time for one radian of the swing's
phase, not for a whole turn.

Breaks: Return the time of one small swing
"""


def period(length, g=9.81):
    require_positive(length=length, g=g)
    return np.sqrt(length / g)
