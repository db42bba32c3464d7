"""the velocity of before

It looks like the velocity of before the step comes back. Return the one after it: the next step
goes on from there.

Breaks: After the step
"""


def sgd_momentum_step(theta, gradient, velocity, alpha, beta=0.9):
    theta, gradient, velocity = as_arrays(theta=theta, gradient=gradient, velocity=velocity)
    before, velocity = velocity, beta * velocity + gradient
    theta = theta - alpha * velocity
    return theta, before
