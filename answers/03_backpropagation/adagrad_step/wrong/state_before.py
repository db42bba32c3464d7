"""the squares of before

It looks like the squares of before the step come back. Return what they are after it: the next
step goes on from there.

Breaks: After the step
"""


def adagrad_step(theta, gradient, squares, alpha, epsilon=1e-8):
    theta, gradient, squares = as_arrays(theta=theta, gradient=gradient, squares=squares)
    before, squares = squares, squares + gradient**2
    theta = theta - alpha * gradient / np.sqrt(squares + epsilon)
    return theta, before
