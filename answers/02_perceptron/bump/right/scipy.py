"""SciPy's sigmoid, and the symmetry 1 − σ(z) = σ(−z)."""


def bump(x, left, right, height, steepness):
    x = as_array(x, "x")
    require_rising(left=left, right=right)
    require_positive(steepness=steepness)
    from scipy.special import expit

    return height * (expit(steepness * (x - left)) + expit(-steepness * (x - right)) - 1)
