"""Component by component."""


def rmsprop_step(theta, gradient, squares, alpha, beta=0.9, epsilon=1e-8):
    theta, gradient, squares = as_arrays(theta=theta, gradient=gradient, squares=squares)
    pairs = []
    for t, g, s in zip(theta, gradient, squares):
        s = beta * s + (1 - beta) * g * g
        pairs.append((t - alpha * g / math.sqrt(s + epsilon), s))
    return np.array([t for t, _ in pairs]), np.array([s for _, s in pairs])
