"""correction without its power

It looks like both means are divided by 1 − β, as after the first step. The correction fades with
the number of steps: β stands there with a power.
"""


def adam_step(theta, gradient, state, alpha, beta1=0.9, beta2=0.999, epsilon=1e-8):
    mean, squares, t = state
    theta, gradient, mean, squares = as_arrays(
        theta=theta, gradient=gradient, mean=mean, squares=squares
    )
    t = t + 1
    mean = beta1 * mean + (1 - beta1) * gradient
    squares = beta2 * squares + (1 - beta2) * gradient**2
    mean_hat = mean / (1 - beta1)
    squares_hat = squares / (1 - beta2)
    theta = theta - alpha * mean_hat / (np.sqrt(squares_hat) + epsilon)
    return theta, (mean, squares, t)
