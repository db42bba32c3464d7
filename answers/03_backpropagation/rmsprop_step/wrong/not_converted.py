"""the stub's first line is gone

It looks like the stub's first line is gone. It turns lists into arrays and refuses what does
not fit: put it back above your own lines.

Breaks: theta, gradient, squares : array_like
"""


def rmsprop_step(theta, gradient, squares, alpha, beta=0.9, epsilon=1e-8):
    theta.size, gradient.size
    squares = beta * squares + (1 - beta) * gradient**2
    theta = theta - alpha * gradient / np.sqrt(squares + epsilon)  # as in AdaGrad
    return theta, squares
