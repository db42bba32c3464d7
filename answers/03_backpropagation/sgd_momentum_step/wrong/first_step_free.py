"""the first step is taken apart

It looks like a velocity of zeros is treated as a case of its own. At the start it is zeros and
the rule is the same.

Breaks: zeros at the start
"""


def sgd_momentum_step(theta, gradient, velocity, alpha, beta=0.9):
    theta, gradient, velocity = as_arrays(theta=theta, gradient=gradient, velocity=velocity)
    velocity = beta * velocity + gradient if velocity.any() else (1 - beta) * gradient
    theta = theta - alpha * velocity
    return theta, velocity
