"""divided by the steepness

It looks like you divide by the steepness, so that a steeper bump becomes softer.
"""


def bump(x, left, right, height, steepness):
    x = as_array(x, "x")
    require_rising(left=left, right=right)
    require_positive(steepness=steepness)
    up = (1 + np.tanh(((x - left) / steepness) / 2)) / 2
    down = (1 + np.tanh(((x - right) / steepness) / 2)) / 2
    return height * (up - down)
