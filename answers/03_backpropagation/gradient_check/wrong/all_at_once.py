"""all components moved at once

It looks like only the sum of the gradient's entries is tested, and errors cancel in a sum. Move
one component of θ at a time, and take the length of the difference, not its sum.
"""


def gradient_check(f, grad, theta, tolerance=1e-5):
    theta = as_array(theta, "theta", ndim=1)
    h = 1e-6
    claimed = np.asarray(grad(theta.copy()), dtype=float)
    if claimed.shape != theta.shape:
        return False
    numeric = (f(theta + h) - f(theta - h)) / (2 * h)
    size = abs(claimed.sum()) + abs(numeric)
    return bool(size == 0 or abs(claimed.sum() - numeric) <= tolerance * size)
