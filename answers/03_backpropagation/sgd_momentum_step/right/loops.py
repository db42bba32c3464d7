"""Component by component."""


def sgd_momentum_step(theta, gradient, velocity, alpha, beta=0.9):
    theta, gradient, velocity = as_arrays(theta=theta, gradient=gradient, velocity=velocity)
    moved, speeds = [], []
    for t, g, v in zip(theta, gradient, velocity):
        speeds.append(beta * v + g)
        moved.append(t - alpha * speeds[-1])
    return np.array(moved), np.array(speeds)
