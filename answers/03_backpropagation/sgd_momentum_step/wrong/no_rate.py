"""the learning rate is missing

It looks like θ moves by the velocity itself. The step is α times the velocity.
"""


def sgd_momentum_step(theta, gradient, velocity, alpha, beta=0.9):
    theta, gradient, velocity = as_arrays(theta=theta, gradient=gradient, velocity=velocity)
    velocity = beta * velocity + gradient
    theta = theta - velocity
    return theta, velocity
