"""a rounded π

It looks like π is rounded in your formula, to 3.14 or 3.1416 say. NumPy knows it to sixteen
digits, by the name np.pi.
"""


def period(length, g=9.81):
    require_positive(length=length, g=g)
    return 2 * 3.14 * (length / g) ** 0.5
