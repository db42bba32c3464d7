"""Component by component."""


def adam_step(theta, gradient, state, alpha, beta1=0.9, beta2=0.999, epsilon=1e-8):
    mean, squares, t = state
    theta, gradient, mean, squares = as_arrays(
        theta=theta, gradient=gradient, mean=mean, squares=squares
    )
    new_theta, new_mean, new_squares = [], [], []
    for p, g, m, s in zip(theta, gradient, mean, squares):
        m = beta1 * m + (1 - beta1) * g
        s = beta2 * s + (1 - beta2) * g * g
        up, down = m / (1 - beta1 ** (t + 1)), math.sqrt(s / (1 - beta2 ** (t + 1)))
        new_theta.append(p - alpha * up / (down + epsilon))
        new_mean.append(m)
        new_squares.append(s)
    return np.array(new_theta), (np.array(new_mean), np.array(new_squares), t + 1)
