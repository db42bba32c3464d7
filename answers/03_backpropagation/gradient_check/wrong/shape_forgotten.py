"""shape not compared

It looks like a gradient of another shape than θ gets past the judge: NumPy stretches a single
number over the whole vector. Compare the shapes first.
"""


def gradient_check(f, grad, theta, tolerance=1e-5):
    theta = as_array(theta, "theta", ndim=1)
    claimed = np.asarray(grad(theta.copy()), dtype=float)
    numeric = np.zeros_like(theta)
    for i in range(len(theta)):
        h = np.zeros_like(theta)
        h[i] = 1e-6
        numeric[i] = (f(theta + h) - f(theta - h)) / 2e-6
    gap = np.linalg.norm(claimed - numeric)
    size = np.linalg.norm(claimed) + np.linalg.norm(numeric)
    return bool(size == 0 or gap <= tolerance * size)
