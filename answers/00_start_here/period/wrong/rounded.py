"""a rounded result

It looks like the result is rounded. Return the number as it comes: whoever uses it may need
every digit, and a short pendulum has a short period.
"""


def period(length, g=9.81):
    require_positive(length=length, g=g)
    return round(2 * np.pi * np.sqrt(length / g), 2)
