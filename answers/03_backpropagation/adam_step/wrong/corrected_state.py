"""corrected means handed on

It looks like the corrected means are what you return. They are for this step only: the memory
goes on without correction.

Breaks: After the step, the means
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
    return theta - alpha * m_hat / (np.sqrt(s_hat) + epsilon), (m_hat, s_hat, t)
