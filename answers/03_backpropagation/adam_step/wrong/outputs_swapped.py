"""results in the wrong order

It looks like the memory comes first and θ second. The docstring asks for theta, then state.

Breaks: theta, state
"""


def adam_step(theta, gradient, state, alpha, beta1=0.9, beta2=0.999, epsilon=1e-8):
    mean, squares, t = state
    theta, gradient, mean, squares = as_arrays(
        theta=theta, gradient=gradient, mean=mean, squares=squares
    )
    t = t + 1
    mean = beta1 * mean + (1 - beta1) * gradient
    squares = beta2 * squares + (1 - beta2) * gradient**2
    m_hat, s_hat = mean / (1 - beta1**t), squares / (1 - beta2**t)
    return (mean, squares, t), theta - alpha * m_hat / (np.sqrt(s_hat) + epsilon)
