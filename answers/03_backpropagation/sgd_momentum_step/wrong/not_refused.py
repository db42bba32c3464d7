"""arrays of unlike length

It looks like arrays of unlike length are taken, and NumPy stretches one to the other. The
stub's first line refuses them: leave it in place.

Breaks: ValueError if they differ in
"""


def sgd_momentum_step(theta, gradient, velocity, alpha, beta=0.9):
    theta, gradient, velocity = (np.array(part, dtype=float) for part in (theta, gradient, velocity))
    velocity = beta * velocity + gradient
    theta = theta - alpha * velocity
    return theta, velocity
