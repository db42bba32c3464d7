"""the printed memory

It looks like the memory is β g + (1 − β) g², the misprint of the erratum box. It remembers
nothing and turns negative: β multiplies the memory from before.
"""


def rmsprop_step(theta, gradient, squares, alpha, beta=0.9, epsilon=1e-8):
    theta, gradient, squares = as_arrays(theta=theta, gradient=gradient, squares=squares)
    squares = beta * gradient + (1 - beta) * gradient**2
    return theta - alpha * gradient / np.sqrt(squares + epsilon), squares
