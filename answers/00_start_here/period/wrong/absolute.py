"""nothing is refused

It looks like the line that refuses lengths and gravities of 0 or below is gone or no longer comes
first. Leave it as it stood.

Breaks: If length or g is not above 0.
"""


def period(length, g=9.81):
    return 2 * np.pi * np.sqrt(abs(length / g))
