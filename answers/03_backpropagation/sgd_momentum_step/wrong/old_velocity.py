"""the old velocity moves θ

It looks like θ moves with the velocity from before this step. First renew the velocity, then
move with it.

Breaks: `velocity` is v before this
"""


def sgd_momentum_step(theta, gradient, velocity, alpha, beta=0.9):
    theta, gradient, velocity = as_arrays(theta=theta, gradient=gradient, velocity=velocity)
    new = beta * velocity + gradient
    return theta - alpha * velocity, new
