"""2 + π in place of 2π

It looks like 2 and π are added. In 2π√(L/g) they are multiplied, as all that stands side by side
in a formula.
"""


def period(length, g=9.81):
    require_positive(length=length, g=g)
    return (2 + np.pi) * np.sqrt(length / g)
