"""a sum instead of a running mean

It looks like the squares are only added up. That is AdaGrad: RMSprop weights the old memory
with β and the new square with 1 − β.

Breaks: One step of RMSprop
"""


def rmsprop_step(theta, gradient, squares, alpha, beta=0.9, epsilon=1e-8):
    theta, gradient, squares = as_arrays(theta=theta, gradient=gradient, squares=squares)
    squares = squares + gradient**2
    return theta - alpha * gradient / np.sqrt(squares + epsilon), squares
