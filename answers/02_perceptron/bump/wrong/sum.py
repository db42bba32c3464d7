"""the two units added

It looks like the two sigmoids are added: up, and up again, for ever. The second has to take
away what the first gave.

Breaks: Return a smooth bump
"""


def bump(x, left, right, height, steepness):
    x = as_array(x, "x")
    require_rising(left=left, right=right)
    require_positive(steepness=steepness)
    up = (1 + np.tanh((steepness * (x - left)) / 2)) / 2
    down = (1 + np.tanh((steepness * (x - right)) / 2)) / 2
    return height * (up + down)
