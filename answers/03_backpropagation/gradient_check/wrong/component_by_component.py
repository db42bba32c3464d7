"""relative error of each component

It looks like each component is divided by its own size. A component that is rightly zero then
fails by 0/0: compare the lengths of whole vectors.
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
    errors = abs(claimed - numeric) / (abs(claimed) + abs(numeric))
    return bool(np.all(errors <= tolerance))
