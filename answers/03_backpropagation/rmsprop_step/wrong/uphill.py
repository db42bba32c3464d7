"""uphill

It looks like the step goes up the slope: θ minus the step.
"""


def rmsprop_step(theta, gradient, squares, alpha, beta=0.9, epsilon=1e-8):
    theta, gradient, squares = as_arrays(theta=theta, gradient=gradient, squares=squares)
    squares = beta * squares + (1 - beta) * gradient**2
    return theta + alpha * gradient / np.sqrt(squares + epsilon), squares
