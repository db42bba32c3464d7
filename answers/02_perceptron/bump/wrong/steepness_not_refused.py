"""a steepness of 0

It looks like any steepness is taken. The stub's line refuses one that is not above 0: leave it
in place.

Breaks: steepness : float, above 0
"""


def bump(x, left, right, height, steepness):
    x = as_array(x, "x")
    require_rising(left=left, right=right)
    up = activate("sigmoid", steepness * (x - left))
    down = activate("sigmoid", steepness * (x - right))
    return height * (up - down)
