"""edges added to x

It looks like the edges are added to x, and the bump lies on the other side of 0. At an edge the
argument is 0.
"""


def bump(x, left, right, height, steepness):
    x = as_array(x, "x")
    require_rising(left=left, right=right)
    require_positive(steepness=steepness)
    up = activate("sigmoid", steepness * (x + left))
    down = activate("sigmoid", steepness * (x + right))
    return height * (up - down)
