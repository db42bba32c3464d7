"""The step written as two pulls; returns a list."""


def sgd_momentum_step(theta, gradient, velocity, alpha, beta=0.9):
    theta, gradient, velocity = as_arrays(theta=theta, gradient=gradient, velocity=velocity)
    drift, pull = np.multiply(beta, velocity), np.asarray(gradient)
    return [np.subtract(theta, alpha * drift + alpha * pull), np.add(drift, pull)]
