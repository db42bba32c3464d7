"""A loop over the components."""


def gradient_check(f, grad, theta, tolerance=1e-5):
    theta = as_array(theta, "theta", ndim=1)
    claimed = np.asarray(grad(theta.copy()), dtype=float)
    if claimed.shape != theta.shape:
        return False
    numeric = np.zeros_like(theta)
    for i in range(len(theta)):
        up, down = theta.copy(), theta.copy()
        up[i] += 1e-5
        down[i] -= 1e-5
        numeric[i] = (f(up) - f(down)) / 2e-5
    size = np.linalg.norm(claimed) + np.linalg.norm(numeric)
    if size == 0:
        return True
    return bool(np.linalg.norm(claimed - numeric) / size < tolerance)
