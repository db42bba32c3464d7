"""ε outside the root

It looks like ε is added after the root. Here it stands under it, √(s + ε). (For a tiny ε
nobody would notice; the test uses a large one.)

Breaks: epsilon stands under the root
"""


def rmsprop_step(theta, gradient, squares, alpha, beta=0.9, epsilon=1e-8):
    theta, gradient, squares = as_arrays(theta=theta, gradient=gradient, squares=squares)
    squares = beta * squares + (1 - beta) * gradient**2
    return theta - alpha * gradient / (np.sqrt(squares) + epsilon), squares
