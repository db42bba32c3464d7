"""divided by a fixed width

It looks like right gradients fail where a parameter is large, as when the difference is always
divided by 2·10⁻⁶. The step grows with the parameter: divide by the one that was taken.
"""


def gradient_check(f, grad, theta, tolerance=1e-5):
    theta = as_array(theta, "theta", ndim=1)
    claimed = np.asarray(grad(theta.copy()), dtype=float)
    if claimed.shape != theta.shape:
        return False
    numeric = np.zeros_like(theta)
    for i in range(len(theta)):
        step = np.zeros_like(theta)
        step[i] = 1e-6 * max(1.0, abs(theta[i]))
        numeric[i] = (f(theta + step) - f(theta - step)) / 2e-6
    size = np.linalg.norm(claimed) + np.linalg.norm(numeric)
    passes = np.linalg.norm(claimed - numeric) <= tolerance * size
    return bool(passes)
