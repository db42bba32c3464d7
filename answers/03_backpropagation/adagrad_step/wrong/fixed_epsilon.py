"""alpha or epsilon is ignored

It looks like epsilon is fixed in your function. Take the alpha and the epsilon that the caller
gives.

Breaks: alpha, epsilon : float
"""


def adagrad_step(theta, gradient, squares, alpha, epsilon=1e-8):
    theta, gradient, squares = as_arrays(theta=theta, gradient=gradient, squares=squares)
    squares = squares + gradient**2
    theta = theta - alpha * gradient / np.sqrt(squares + 1e-8)
    return theta, squares
