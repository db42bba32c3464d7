"""only the squares corrected

It looks like m moves θ without its correction. Both means begin at zero, and both are corrected.
"""


def adam_step(theta, gradient, state, alpha, beta1=0.9, beta2=0.999, epsilon=1e-8):
    mean, squares, t = state
    theta, gradient, mean, squares = as_arrays(
        theta=theta, gradient=gradient, mean=mean, squares=squares
    )
    t = t + 1
    mean = beta1 * mean + (1 - beta1) * gradient
    squares = beta2 * squares + (1 - beta2) * gradient**2
    mean_hat = mean / (1 - beta1**t)
    squares_hat = squares / (1 - beta2**t)
    theta = theta - alpha * mean / (np.sqrt(squares_hat) + epsilon)
    return theta, (mean, squares, t)
