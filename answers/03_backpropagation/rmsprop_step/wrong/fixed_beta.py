"""beta or epsilon is ignored

It looks like beta is fixed in your function. Take the alpha, the beta and the epsilon that the
caller gives.

Breaks: alpha, beta, epsilon : float
"""


def rmsprop_step(theta, gradient, squares, alpha, beta=0.9, epsilon=1e-8):
    theta, gradient, squares = as_arrays(theta=theta, gradient=gradient, squares=squares)
    squares = 0.9 * squares + 0.1 * gradient**2
    theta = theta - alpha * gradient / np.sqrt(squares + epsilon)  # as in AdaGrad
    return theta, squares
