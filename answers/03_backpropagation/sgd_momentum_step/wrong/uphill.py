"""uphill

It looks like the step goes up the slope: θ minus α times the velocity.
"""


def sgd_momentum_step(theta, gradient, velocity, alpha, beta=0.9):
    theta, gradient, velocity = as_arrays(theta=theta, gradient=gradient, velocity=velocity)
    velocity = beta * velocity + gradient
    return theta + alpha * velocity, velocity
