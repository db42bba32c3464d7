"""the old memory divides

It looks like the step is divided by the memory from before it. First add this gradient's
square: from rest you would divide by nothing.

Breaks: zeros at the start
"""


def adagrad_step(theta, gradient, squares, alpha, epsilon=1e-8):
    theta, gradient, squares = as_arrays(theta=theta, gradient=gradient, squares=squares)
    new = squares + gradient**2
    return theta - alpha * gradient / np.sqrt(squares + epsilon), new
