"""gradient weighted with 1 − β

It looks like the gradient is weighted with 1 − β. That is Adam's running mean; the velocity
here is β v + g.
"""


def sgd_momentum_step(theta, gradient, velocity, alpha, beta=0.9):
    theta, gradient, velocity = as_arrays(theta=theta, gradient=gradient, velocity=velocity)
    velocity = beta * velocity + (1 - beta) * gradient
    return theta - alpha * velocity, velocity
