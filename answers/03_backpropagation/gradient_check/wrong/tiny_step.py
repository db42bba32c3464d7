"""step too small

It looks like your step is so small that rounding is all that is left of the difference: near
1e-16 a sum does not even change. Steps of 1e-5 to 1e-6 serve best here.
"""


def gradient_check(f, grad, theta, tolerance=1e-5):
    theta = as_array(theta, "theta", ndim=1)
    claimed = np.asarray(grad(theta.copy()), dtype=float)
    if claimed.shape != theta.shape:
        return False
    numeric = np.zeros_like(theta)
    for i in range(len(theta)):
        h = np.zeros_like(theta)
        h[i] = 1e-15
        numeric[i] = (f(theta + h) - f(theta - h)) / 2e-15
    gap = np.linalg.norm(claimed - numeric)
    size = np.linalg.norm(claimed) + np.linalg.norm(numeric)
    return bool(size == 0 or gap <= tolerance * size)
