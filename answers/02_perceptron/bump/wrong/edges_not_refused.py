"""edges in the wrong order

It looks like a left edge that is not below the right one is taken. The stub's line refuses it:
leave it in place.

Breaks: left, right : float
"""


def bump(x, left, right, height, steepness):
    x = as_array(x, "x")
    require_positive(steepness=steepness)
    up = activate("sigmoid", steepness * (x - left))
    down = activate("sigmoid", steepness * (x - right))
    return height * (up - down)
