"""relative error of each component

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
    sizes = np.abs(claimed) + np.abs(numeric)
    passes = np.all(np.abs(claimed - numeric) <= tolerance * sizes)
    return bool(passes)
