"""the stub's first line is gone

It looks like the stub's first line is gone. It turns lists into arrays and refuses what does
not fit: put it back above your own lines.

Breaks: theta, gradient, velocity : array_like
"""


def sgd_momentum_step(theta, gradient, velocity, alpha, beta=0.9):
    theta.size, gradient.size
    velocity = beta * velocity + gradient
    theta = theta - alpha * velocity
    return theta, velocity
