"""1 − β without brackets

It looks like β g² is taken from 1, because a product goes before a minus. Put 1 − β in brackets.
"""


def rmsprop_step(theta, gradient, squares, alpha, beta=0.9, epsilon=1e-8):
    theta, gradient, squares = as_arrays(theta=theta, gradient=gradient, squares=squares)
    squares = beta * squares + 1 - beta * gradient**2
    theta = theta - alpha * gradient / np.sqrt(squares + epsilon)  # as in AdaGrad
    return theta, squares
