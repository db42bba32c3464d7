"""gradient not squared

It looks like the memory adds up gradients as they are, and they cancel. It adds up their
squares.
"""


def adagrad_step(theta, gradient, squares, alpha, epsilon=1e-8):
    theta, gradient, squares = as_arrays(theta=theta, gradient=gradient, squares=squares)
    squares = squares + gradient
    return theta - alpha * gradient / np.sqrt(np.abs(squares) + epsilon), squares
