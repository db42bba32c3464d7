"""length and g exchanged

It looks like length and g have changed places under the root. Check the units: s² must be left
there.
"""


def period(length, g=9.81):
    require_positive(length=length, g=g)
    return 2 * np.pi * np.sqrt(g / length)
