"""plain gradient descent

It looks like θ moves by the gradient alone. The velocity, old and new together, is what moves
it.

Breaks: One step of gradient descent
"""


def sgd_momentum_step(theta, gradient, velocity, alpha, beta=0.9):
    theta, gradient, velocity = as_arrays(theta=theta, gradient=gradient, velocity=velocity)
    velocity = beta * velocity + gradient
    return theta - alpha * gradient, velocity
