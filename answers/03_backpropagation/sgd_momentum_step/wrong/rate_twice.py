"""α twice

It looks like α is in the velocity and in the step. It belongs to the step alone.
"""


def sgd_momentum_step(theta, gradient, velocity, alpha, beta=0.9):
    theta, gradient, velocity = as_arrays(theta=theta, gradient=gradient, velocity=velocity)
    velocity = beta * velocity + alpha * gradient
    theta = theta - alpha * velocity
    return theta, velocity
