"""height left out

It looks like the bump is 1 high whatever height says. The difference of both units is multiplied
by it.
"""


def bump(x, left, right, height, steepness):
    x = as_array(x, "x")
    require_rising(left=left, right=right)
    require_positive(steepness=steepness)
    up = activate("sigmoid", steepness * (x - left))
    down = activate("sigmoid", steepness * (x - right))
    return up - down
