"""AdaGrad that forgets

It looks like the memory is a running mean. That is RMSprop: AdaGrad keeps the plain sum.

Breaks: One step of AdaGrad
"""


def adagrad_step(theta, gradient, squares, alpha, epsilon=1e-8):
    theta, gradient, squares = as_arrays(theta=theta, gradient=gradient, squares=squares)
    squares = 0.9 * squares + 0.1 * gradient**2
    return theta - alpha * gradient / np.sqrt(squares + epsilon), squares
