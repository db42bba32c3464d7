"""new square not weighted

It looks like the new square enters in full. Weight it with 1 − β, or the memory grows far
above a mean.

Breaks: `squares` is s before this
"""


def rmsprop_step(theta, gradient, squares, alpha, beta=0.9, epsilon=1e-8):
    theta, gradient, squares = as_arrays(theta=theta, gradient=gradient, squares=squares)
    squares = beta * squares + gradient**2
    return theta - alpha * gradient / np.sqrt(squares + epsilon), squares
