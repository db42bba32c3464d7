"""bump upside down

It looks like the bump has the wrong sign: the unit at the right edge minus the one at the left.
Which of the two has fired already in the middle?
"""


def bump(x, left, right, height, steepness):
    x = as_array(x, "x")
    require_rising(left=left, right=right)
    require_positive(steepness=steepness)
    up = (1 + np.tanh((steepness * (x - left)) / 2)) / 2
    down = (1 + np.tanh((steepness * (x - right)) / 2)) / 2
    return height * (down - up)
