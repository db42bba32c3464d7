"""absolute values instead of squares

It looks like the memory adds up absolute values. It adds up squares, and the root comes at the
end.
"""


def adagrad_step(theta, gradient, squares, alpha, epsilon=1e-8):
    theta, gradient, squares = as_arrays(theta=theta, gradient=gradient, squares=squares)
    squares = squares + np.abs(gradient)
    return theta - alpha * gradient / np.sqrt(squares + epsilon), squares
