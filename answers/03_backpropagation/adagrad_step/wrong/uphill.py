"""uphill

It looks like the step goes up the slope: θ minus the step.
"""


def adagrad_step(theta, gradient, squares, alpha, epsilon=1e-8):
    theta, gradient, squares = as_arrays(theta=theta, gradient=gradient, squares=squares)
    squares = squares + gradient**2
    return theta + alpha * gradient / np.sqrt(squares + epsilon), squares
