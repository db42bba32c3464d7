"""bias correction missing

It looks like the means are used as they are. They started from zero, and after t steps hold
only a share 1 − βᵗ of a true mean: divide by it.

Breaks: One step of Adam
"""


def adam_step(theta, gradient, state, alpha, beta1=0.9, beta2=0.999, epsilon=1e-8):
    mean, squares, t = state
    theta, gradient, mean, squares = as_arrays(
        theta=theta, gradient=gradient, mean=mean, squares=squares
    )
    t = t + 1
    mean = beta1 * mean + (1 - beta1) * gradient
    squares = beta2 * squares + (1 - beta2) * gradient**2
    m_hat, s_hat = mean, squares
    return theta - alpha * m_hat / (np.sqrt(s_hat) + epsilon), (mean, squares, t)
