"""all components moved at once

It looks like you move all components of θ together. That tests the sum of the gradient's
entries, and errors cancel in a sum: move one component at a time.
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
