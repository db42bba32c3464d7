"""Both means in one table, the correction moved into the learning rate."""


def adam_step(theta, gradient, state, alpha, beta1=0.9, beta2=0.999, epsilon=1e-8):
    mean, squares, t = state
    theta, gradient, mean, squares = as_arrays(
        theta=theta, gradient=gradient, mean=mean, squares=squares
    )
    betas = np.array([[beta1], [beta2]])
    old, new = np.stack([mean, squares]), np.stack([gradient, np.square(gradient)])
    means = old + (1 - betas) * (new - old)
    root = np.sqrt(1 - beta2 ** (t + 1))
    rate = alpha * root / (1 - beta1 ** (t + 1))
    theta = theta - rate * means[0] / (np.sqrt(means[1]) + epsilon * root)
    return theta, [means[0], means[1], t + 1]
