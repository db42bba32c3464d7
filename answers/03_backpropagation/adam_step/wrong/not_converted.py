"""the stub's first line is gone

It looks like the stub's first line is gone. It turns lists into arrays and refuses what does
not fit: put it back above your own lines.

Breaks: theta, gradient : array_like
"""


def adam_step(theta, gradient, state, alpha, beta1=0.9, beta2=0.999, epsilon=1e-8):
    mean, squares, t = state
    mean, squares = np.array(mean, dtype=float), np.array(squares, dtype=float)
    theta.size, gradient.size
    t = t + 1
    mean = beta1 * mean + (1 - beta1) * gradient
    squares = beta2 * squares + (1 - beta2) * gradient**2
    mean_hat = mean / (1 - beta1**t)
    squares_hat = squares / (1 - beta2**t)
    theta = theta - alpha * mean_hat / (np.sqrt(squares_hat) + epsilon)
    return theta, (mean, squares, t)
