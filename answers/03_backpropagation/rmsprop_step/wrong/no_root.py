"""root missing

It looks like the gradient is divided by the mean square itself. Take the root: only then do
the units cancel.
"""


def rmsprop_step(theta, gradient, squares, alpha, beta=0.9, epsilon=1e-8):
    theta, gradient, squares = as_arrays(theta=theta, gradient=gradient, squares=squares)
    squares = beta * squares + (1 - beta) * gradient**2
    return theta - alpha * gradient / (squares + epsilon), squares
