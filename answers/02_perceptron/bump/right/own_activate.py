"""Two sigmoid units, with the student's own activation."""


def bump(x, left, right, height, steepness):
    x = as_array(x, "x")
    require_rising(left=left, right=right)
    require_positive(steepness=steepness)
    first = activate("sigmoid", steepness * (x - left))
    second = activate("sigmoid", steepness * (x - right))
    return height * first - height * second
