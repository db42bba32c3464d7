"""1 too much

It looks like everything is higher by the height: a rising and a falling unit are added, and
overlap everywhere. Far from the bump nothing should be left.
"""


def bump(x, left, right, height, steepness):
    x = as_array(x, "x")
    require_rising(left=left, right=right)
    require_positive(steepness=steepness)
    up = activate("sigmoid", steepness * (x - left))
    down = activate("sigmoid", steepness * (right - x))
    return height * (up + down)
