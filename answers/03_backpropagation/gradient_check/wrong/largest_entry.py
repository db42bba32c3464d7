"""the largest entry compared

It looks like the largest error of a component is compared with the sum of both lengths. Take
the length of the whole difference.

Breaks: The largest ‖g − ĝ‖ /
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
        numeric[i] = (f(theta + step) - f(theta - step)) / (2 * step[i])
    size = np.linalg.norm(claimed) + np.linalg.norm(numeric)
    passes = np.max(np.abs(claimed - numeric)) <= tolerance * size
    return bool(passes)
