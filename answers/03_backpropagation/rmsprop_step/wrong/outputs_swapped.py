"""results in the wrong order

It looks like the memory comes first and θ second. The docstring asks for theta, then squares.

Breaks: theta, squares : arrays, (n,)
"""


def rmsprop_step(theta, gradient, squares, alpha, beta=0.9, epsilon=1e-8):
    theta, gradient, squares = as_arrays(theta=theta, gradient=gradient, squares=squares)
    squares = beta * squares + (1 - beta) * gradient**2
    return squares, theta - alpha * gradient / np.sqrt(squares + epsilon)
