"""2π under the root

It looks like 2π stands under the root too. The root covers length over g only: close its bracket
before 2π is multiplied, or put 2π in front.
"""


def period(length, g=9.81):
    require_positive(length=length, g=g)
    return np.sqrt(2 * np.pi * length / g)
