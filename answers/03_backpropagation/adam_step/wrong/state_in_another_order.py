"""the state in another order

It looks like the state is taken apart or put together in another order. The docstring gives it:
mean, squares, t.

Breaks: state : tuple (mean, squares
"""


def adam_step(theta, gradient, state, alpha, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t, mean, squares = state
    theta, gradient, mean, squares = as_arrays(
        theta=theta, gradient=gradient, mean=mean, squares=squares
    )
    t = t + 1
    mean = beta1 * mean + (1 - beta1) * gradient
    squares = beta2 * squares + (1 - beta2) * gradient**2
    mean_hat = mean / (1 - beta1**t)
    squares_hat = squares / (1 - beta2**t)
    theta = theta - alpha * mean_hat / (np.sqrt(squares_hat) + epsilon)
    return theta, (t, mean, squares)
