"""memory kept inside the function

It looks like the function counts its own calls. The memory comes in as an argument and goes
out as a result: otherwise two runs disturb one another.
"""


def adam_step(theta, gradient, state, alpha, beta1=0.9, beta2=0.999, epsilon=1e-8):
    mean, squares, t = state
    theta, gradient, mean, squares = as_arrays(
        theta=theta, gradient=gradient, mean=mean, squares=squares
    )
    adam_step.calls = getattr(adam_step, "calls", 0) + 1
    t = adam_step.calls
    mean = beta1 * mean + (1 - beta1) * gradient
    squares = beta2 * squares + (1 - beta2) * gradient**2
    m_hat, s_hat = mean / (1 - beta1**t), squares / (1 - beta2**t)
    return theta - alpha * m_hat / (np.sqrt(s_hat) + epsilon), (mean, squares, t)
