"""edge not scaled with the steepness

It looks like the steepness multiplies x but not the edge, which moves the edge. It multiplies
the distance from the edge.
"""


def bump(x, left, right, height, steepness):
    x = as_array(x, "x")
    require_rising(left=left, right=right)
    require_positive(steepness=steepness)
    up = (1 + np.tanh((steepness * x - left) / 2)) / 2
    down = (1 + np.tanh((steepness * x - right) / 2)) / 2
    return height * (up - down)
