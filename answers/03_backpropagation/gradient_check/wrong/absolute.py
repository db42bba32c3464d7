"""absolute tolerance

It looks like the difference is compared with the tolerance as it stands. In small units every
gradient passes then, in large units none: divide by the lengths of both gradients.

Breaks: The largest ‖g − ĝ‖ /
"""


def gradient_check(f, grad, theta, tolerance=1e-5):
    theta = as_array(theta, "theta", ndim=1)
    claimed = np.asarray(grad(theta.copy()), dtype=float)
    if claimed.shape != theta.shape:
        return False
    numeric = np.zeros_like(theta)
    for i in range(len(theta)):
        h = np.zeros_like(theta)
        h[i] = 1e-6
        numeric[i] = (f(theta + h) - f(theta - h)) / 2e-6
    gap = np.linalg.norm(claimed - numeric)
    size = np.linalg.norm(claimed) + np.linalg.norm(numeric)
    return bool(gap <= tolerance)
