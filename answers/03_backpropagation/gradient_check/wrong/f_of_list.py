"""f is given a list

It looks like f is given a list. It takes an array of shape (n,): it may do arithmetic with it
that a list cannot.

Breaks: f : callable
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
        numeric[i] = (f(list(theta + step)) - f(list(theta - step))) / (2 * step[i])
    size = np.linalg.norm(claimed) + np.linalg.norm(numeric)
    passes = np.linalg.norm(claimed - numeric) <= tolerance * size
    return bool(passes)
