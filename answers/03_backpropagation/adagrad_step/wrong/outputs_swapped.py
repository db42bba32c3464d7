"""results in the wrong order

It looks like the memory comes first and θ second. The docstring asks for theta, then squares.

Breaks: theta, squares : arrays, (n,)
"""


def adagrad_step(theta, gradient, squares, alpha, epsilon=1e-8):
    theta, gradient, squares = as_arrays(theta=theta, gradient=gradient, squares=squares)
    squares = squares + gradient**2
    return squares, theta - alpha * gradient / np.sqrt(squares + epsilon)
