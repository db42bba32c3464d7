"""root missing

It looks like the gradient is divided by the sum of squares itself. Take the root: only then do
the units cancel.
"""


def adagrad_step(theta, gradient, squares, alpha, epsilon=1e-8):
    theta, gradient, squares = as_arrays(theta=theta, gradient=gradient, squares=squares)
    squares = squares + gradient**2
    return theta - alpha * gradient / (squares + epsilon), squares
