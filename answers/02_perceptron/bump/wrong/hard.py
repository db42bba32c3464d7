"""hard edges

It looks like the bump is 0 or its full height, with nothing between. Its edges are sigmoids,
and at an edge it is half as high.
"""


def bump(x, left, right, height, steepness):
    x = as_array(x, "x")
    require_rising(left=left, right=right)
    require_positive(steepness=steepness)
    return height * ((x >= left) & (x <= right))
