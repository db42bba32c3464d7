"""one scale for all components

It looks like all components are divided by one common length. Each has a memory of its own:
work entry by entry.
"""


def adagrad_step(theta, gradient, squares, alpha, epsilon=1e-8):
    theta, gradient, squares = as_arrays(theta=theta, gradient=gradient, squares=squares)
    squares = squares + gradient**2
    return theta - alpha * gradient / np.sqrt(squares.sum() + epsilon), squares
