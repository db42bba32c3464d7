"""α inside the velocity"""


def sgd_momentum_step(theta, gradient, velocity, alpha, beta=0.9):
    theta, gradient, velocity = as_arrays(theta=theta, gradient=gradient, velocity=velocity)
    velocity = beta * velocity - alpha * gradient
    theta = theta + velocity
    return theta, velocity
