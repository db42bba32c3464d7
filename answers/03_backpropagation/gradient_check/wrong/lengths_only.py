"""only the lengths compared

It looks like you compare how long the two gradients are. Two vectors of one length may point
anywhere: take the length of their difference.
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
    gap = abs(np.linalg.norm(claimed) - np.linalg.norm(numeric))
    size = np.linalg.norm(claimed) + np.linalg.norm(numeric)
    return bool(size == 0 or gap <= tolerance * size)
