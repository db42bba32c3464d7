"""arrays of unlike length

It looks like arrays of unlike length are taken, and NumPy stretches one to the other. The
stub's first line refuses them: leave it in place.

Breaks: ValueError if they differ in
"""


def adagrad_step(theta, gradient, squares, alpha, epsilon=1e-8):
    theta, gradient, squares = (np.array(part, dtype=float) for part in (theta, gradient, squares))
    squares = squares + gradient**2
    theta = theta - alpha * gradient / np.sqrt(squares + epsilon)
    return theta, squares
