"""the stub's first line is gone

It looks like the stub's first line is gone. It turns lists into arrays and refuses what does
not fit: put it back above your own lines.

Breaks: theta, gradient, squares : array_like
"""


def adagrad_step(theta, gradient, squares, alpha, epsilon=1e-8):
    theta.size, gradient.size
    squares = squares + gradient**2
    theta = theta - alpha * gradient / np.sqrt(squares + epsilon)
    return theta, squares
