"""gradient not squared

It looks like the memory is a mean of the gradients themselves. It is a mean of their squares.
"""


def rmsprop_step(theta, gradient, squares, alpha, beta=0.9, epsilon=1e-8):
    theta, gradient, squares = as_arrays(theta=theta, gradient=gradient, squares=squares)
    squares = beta * squares + (1 - beta) * gradient
    return theta - alpha * gradient / np.sqrt(np.abs(squares) + epsilon), squares
