"""the learning rate is missing

It looks like α is missing: the step is the scaled gradient itself. Its size is α times that.
"""


def adagrad_step(theta, gradient, squares, alpha, epsilon=1e-8):
    theta, gradient, squares = as_arrays(theta=theta, gradient=gradient, squares=squares)
    squares = squares + gradient**2
    theta = theta - gradient / np.sqrt(squares + epsilon)
    return theta, squares
