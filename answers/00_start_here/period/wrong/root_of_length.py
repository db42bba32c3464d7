"""root of the length only

It looks like the root covers the length but not g. Python takes the root of what stands inside
its brackets.
"""


def period(length, g=9.81):
    require_positive(length=length, g=g)
    return 2 * np.pi * np.sqrt(length) / g
