"""ε missing

It looks like ε is not used. It stands under the root, beside the squares, so that a gradient
that has always been 0 is not divided by 0.
"""


def rmsprop_step(theta, gradient, squares, alpha, beta=0.9, epsilon=1e-8):
    theta, gradient, squares = as_arrays(theta=theta, gradient=gradient, squares=squares)
    squares = beta * squares + (1 - beta) * gradient**2
    return theta - alpha * gradient / np.sqrt(squares), squares
