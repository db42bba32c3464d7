"""A difference of fourth order with a larger step."""


def gradient_check(f, grad, theta, tolerance=1e-5):
    theta = as_array(theta, "theta", ndim=1)
    def slope(e):
        h = 1e-3
        near = f(theta + h * e) - f(theta - h * e)
        far = f(theta + 2 * h * e) - f(theta - 2 * h * e)
        return (8 * near - far) / (12 * h)

    numeric = np.array([slope(e) for e in np.identity(theta.size)])
    claimed = np.array(grad(theta.copy()), dtype=float)
    if claimed.shape != numeric.shape or not np.isfinite(claimed).all():
        return False
    norm = np.linalg.norm
    return bool(norm(claimed - numeric) <= tolerance * (norm(claimed) + norm(numeric)))
