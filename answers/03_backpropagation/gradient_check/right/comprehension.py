"""Unit vectors in a comprehension, Python's own square roots."""


def gradient_check(f, grad, theta, tolerance=1e-5):
    theta = as_array(theta, "theta", ndim=1)
    h = 1e-6
    claimed = np.asarray(grad(theta.copy()), dtype=float)
    if claimed.shape != theta.shape:
        return False
    numeric = [float(f(theta + h * e) - f(theta - h * e)) / (2 * h) for e in np.eye(len(theta))]
    gap = math.sqrt(sum((c - n) ** 2 for c, n in zip(claimed, numeric)))
    size = math.sqrt(sum(c * c for c in claimed)) + math.sqrt(sum(n * n for n in numeric))
    return gap <= tolerance * size
