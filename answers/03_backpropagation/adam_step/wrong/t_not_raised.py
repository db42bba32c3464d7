"""t one too small

It looks like the correction uses the number of steps before this one. Count this one in first:
from rest you would divide by 1 − β⁰ = 0.

Breaks: At the start: zeros, zeros
"""


def adam_step(theta, gradient, state, alpha, beta1=0.9, beta2=0.999, epsilon=1e-8):
    mean, squares, t = state
    theta, gradient, mean, squares = as_arrays(
        theta=theta, gradient=gradient, mean=mean, squares=squares
    )
    mean = beta1 * mean + (1 - beta1) * gradient
    squares = beta2 * squares + (1 - beta2) * gradient**2
    m_hat, s_hat = mean / (1 - beta1**t), squares / (1 - beta2**t)
    return theta - alpha * m_hat / (np.sqrt(s_hat) + epsilon), (mean, squares, t + 1)
