"""β fixed

It looks like β is 0.9 whatever the caller asks for. Use the argument.

Breaks: alpha, beta : float
"""


def sgd_momentum_step(theta, gradient, velocity, alpha, beta=0.9):
    theta, gradient, velocity = as_arrays(theta=theta, gradient=gradient, velocity=velocity)
    velocity = 0.9 * velocity + gradient
    return theta - alpha * velocity, velocity
