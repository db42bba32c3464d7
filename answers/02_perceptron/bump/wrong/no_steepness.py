"""steepness not used

It looks like the steepness plays no part, and all edges are equally soft. It multiplies the
distance from the edge.
"""


def bump(x, left, right, height, steepness):
    x = as_array(x, "x")
    require_rising(left=left, right=right)
    require_positive(steepness=steepness)
    up = (1 + np.tanh((x - left) / 2)) / 2
    down = (1 + np.tanh((x - right) / 2)) / 2
    return height * (up - down)
