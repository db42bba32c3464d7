"""β on the gradient

It looks like β stands before the gradient. It says how much of the old velocity is left.
"""


def sgd_momentum_step(theta, gradient, velocity, alpha, beta=0.9):
    theta, gradient, velocity = as_arrays(theta=theta, gradient=gradient, velocity=velocity)
    velocity = velocity + beta * gradient
    return theta - alpha * velocity, velocity
