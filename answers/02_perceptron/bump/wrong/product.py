"""the two units multiplied

It looks like the two sigmoids are multiplied. It makes a bump, but the last layer of a network
cannot multiply: it adds, with weights of either sign.
"""


def bump(x, left, right, height, steepness):
    x = as_array(x, "x")
    require_rising(left=left, right=right)
    require_positive(steepness=steepness)
    up = (1 + np.tanh((steepness * (x - left)) / 2)) / 2
    down = (1 + np.tanh((steepness * (x - right)) / 2)) / 2
    return height * up * (1 - down)
