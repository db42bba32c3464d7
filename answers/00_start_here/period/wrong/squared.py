"""squared in place of the root

It looks like the fraction is squared where its root belongs. Check the units: s² squared is s⁴,
and its root is s.
"""


def period(length, g=9.81):
    require_positive(length=length, g=g)
    return 2 * np.pi * (length / g) ** 2
