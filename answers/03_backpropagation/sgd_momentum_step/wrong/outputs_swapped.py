"""results in the wrong order

It looks like the memory comes first and θ second. The docstring asks for theta, then velocity.

Breaks: theta, velocity : arrays, (n,)
"""


def sgd_momentum_step(theta, gradient, velocity, alpha, beta=0.9):
    theta, gradient, velocity = as_arrays(theta=theta, gradient=gradient, velocity=velocity)
    velocity = beta * velocity + gradient
    return velocity, theta - alpha * velocity
