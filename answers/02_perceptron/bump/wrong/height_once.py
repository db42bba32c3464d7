"""height on one unit only

It looks like only the first unit carries the height, so that the bump does not come back to 0.
Both weights of the last layer are the height, one with a minus sign.
"""


def bump(x, left, right, height, steepness):
    x = as_array(x, "x")
    require_rising(left=left, right=right)
    require_positive(steepness=steepness)
    up = (1 + np.tanh((steepness * (x - left)) / 2)) / 2
    down = (1 + np.tanh((steepness * (x - right)) / 2)) / 2
    return height * up - down
