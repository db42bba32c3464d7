"""β missing

It looks like the velocity never fades: the old one is to be multiplied by β.
"""


def sgd_momentum_step(theta, gradient, velocity, alpha, beta=0.9):
    theta, gradient, velocity = as_arrays(theta=theta, gradient=gradient, velocity=velocity)
    velocity = velocity + gradient
    return theta - alpha * velocity, velocity
