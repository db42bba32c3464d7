"""only the first component

It looks like only the first component is tested. A gradient is right when every component is.
"""


def gradient_check(f, grad, theta, tolerance=1e-5):
    theta = as_array(theta, "theta", ndim=1)
    claimed = np.asarray(grad(theta.copy()), dtype=float)
    if claimed.shape != theta.shape:
        return False
    numeric = np.zeros_like(theta)
    for i in range(1):
        h = np.zeros_like(theta)
        h[i] = 1e-6
        numeric[i] = (f(theta + h) - f(theta - h)) / 2e-6
    gap = abs(claimed[0] - numeric[0])
    size = abs(claimed[0]) + abs(numeric[0])
    return bool(size == 0 or gap <= tolerance * size)
