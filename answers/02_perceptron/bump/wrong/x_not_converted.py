"""the stub's first line is gone

It looks like the stub's first line is gone. It turns lists into arrays and refuses what does
not fit: put it back above your own lines.

Breaks: x : array_like of any
"""


def bump(x, left, right, height, steepness):
    require_rising(left=left, right=right)
    require_positive(steepness=steepness)
    up = activate("sigmoid", steepness * (x - left))
    down = activate("sigmoid", steepness * (x - right))
    return height * (up - down)
