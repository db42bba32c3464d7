"""the sign of the height is lost

It looks like the height is taken without its sign. A bump may point down: keep the sign.

Breaks: height : float, of either
"""


def bump(x, left, right, height, steepness):
    x = as_array(x, "x")
    require_rising(left=left, right=right)
    require_positive(steepness=steepness)
    up = activate("sigmoid", steepness * (x - left))
    down = activate("sigmoid", steepness * (x - right))
    return abs(height) * (up - down)
