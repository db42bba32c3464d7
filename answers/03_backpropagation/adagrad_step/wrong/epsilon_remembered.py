"""ε added to the memory

It looks like ε is written into the memory, once more at every step. It only guards the
division.
"""


def adagrad_step(theta, gradient, squares, alpha, epsilon=1e-8):
    theta, gradient, squares = as_arrays(theta=theta, gradient=gradient, squares=squares)
    squares = squares + gradient**2 + epsilon
    return theta - alpha * gradient / np.sqrt(squares), squares
