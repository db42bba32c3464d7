"""memory replaced

It looks like the memory holds only the newest square. AdaGrad adds it to all before.

Breaks: `squares` is s before this
"""


def adagrad_step(theta, gradient, squares, alpha, epsilon=1e-8):
    theta, gradient, squares = as_arrays(theta=theta, gradient=gradient, squares=squares)
    squares = gradient**2
    return theta - alpha * gradient / np.sqrt(squares + epsilon), squares
