"""β and 1 − β swapped

It looks like β and 1 − β have changed places. β, near 1, is the share of the old memory.
"""


def rmsprop_step(theta, gradient, squares, alpha, beta=0.9, epsilon=1e-8):
    theta, gradient, squares = as_arrays(theta=theta, gradient=gradient, squares=squares)
    squares = (1 - beta) * squares + beta * gradient**2
    return theta - alpha * gradient / np.sqrt(squares + epsilon), squares
