"""sigmoid overflows far from the bump

It looks like the bump is not a number far to the right: e^z has overflowed. Your activate can
do it safely.
"""


def bump(x, left, right, height, steepness):
    x = as_array(x, "x")
    require_rising(left=left, right=right)
    require_positive(steepness=steepness)
    e_left = np.exp(steepness * (x - left))
    e_right = np.exp(steepness * (x - right))
    return height * (e_left / (1 + e_left) - e_right / (1 + e_right))
