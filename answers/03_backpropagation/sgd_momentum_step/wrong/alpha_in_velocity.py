"""α inside the velocity

It looks like α is part of the velocity. θ may come out the same from rest, but the memory
returned is another: the velocity is β v + g, and α enters when θ moves.
"""


def sgd_momentum_step(theta, gradient, velocity, alpha, beta=0.9):
    theta, gradient, velocity = as_arrays(theta=theta, gradient=gradient, velocity=velocity)
    velocity = beta * velocity + alpha * gradient
    return theta - velocity, velocity
