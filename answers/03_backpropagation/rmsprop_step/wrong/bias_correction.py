"""bias correction

It looks like the memory is corrected for its empty start. Only Adam does that: here the plain
running mean divides.
"""


def rmsprop_step(theta, gradient, squares, alpha, beta=0.9, epsilon=1e-8):
    theta, gradient, squares = as_arrays(theta=theta, gradient=gradient, squares=squares)
    squares = beta * squares + (1 - beta) * gradient**2
    return theta - alpha * gradient / np.sqrt(squares / (1 - beta) + epsilon), squares
