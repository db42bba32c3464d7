"""the shape is lost

It looks like the result is one row, whatever the shape of x. Work on each entry and keep the
shape.

Breaks: array of the shape of x
"""


def bump(x, left, right, height, steepness):
    x = as_array(x, "x").ravel()
    require_rising(left=left, right=right)
    require_positive(steepness=steepness)
    up = activate("sigmoid", steepness * (x - left))
    down = activate("sigmoid", steepness * (x - right))
    return height * (up - down)
