"""the two rising units multiplied

It looks like the two sigmoids are multiplied as they stand: the product goes up at the right
edge and stays up. Both units rise; let the last layer subtract one from the other.
"""


def bump(x, left, right, height, steepness):
    x = as_array(x, "x")
    require_rising(left=left, right=right)
    require_positive(steepness=steepness)
    up = (1 + np.tanh((steepness * (x - left)) / 2)) / 2
    down = (1 + np.tanh((steepness * (x - right)) / 2)) / 2
    return height * up * down
