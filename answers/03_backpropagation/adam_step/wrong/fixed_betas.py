"""the betas are ignored

It looks like 0.9 and 0.999 are fixed in your function. Take the beta1, the beta2 and the
epsilon that the caller gives.

Breaks: alpha, beta1, beta2, epsilon : float
"""


def adam_step(theta, gradient, state, alpha, beta1=0.9, beta2=0.999, epsilon=1e-8):
    mean, squares, t = state
    theta, gradient, mean, squares = as_arrays(
        theta=theta, gradient=gradient, mean=mean, squares=squares
    )
    beta1, beta2 = 0.9, 0.999
    t = t + 1
    mean = beta1 * mean + (1 - beta1) * gradient
    squares = beta2 * squares + (1 - beta2) * gradient**2
    mean_hat = mean / (1 - beta1**t)
    squares_hat = squares / (1 - beta2**t)
    theta = theta - alpha * mean_hat / (np.sqrt(squares_hat) + epsilon)
    return theta, (mean, squares, t)
