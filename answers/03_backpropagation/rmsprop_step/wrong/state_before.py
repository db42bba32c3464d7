"""the squares of before

It looks like the squares of before the step come back. Return what they are after it: the next
step goes on from there.

Breaks: After the step
"""


def rmsprop_step(theta, gradient, squares, alpha, beta=0.9, epsilon=1e-8):
    theta, gradient, squares = as_arrays(theta=theta, gradient=gradient, squares=squares)
    before, squares = squares, beta * squares + (1 - beta) * gradient**2
    theta = theta - alpha * gradient / np.sqrt(squares + epsilon)  # as in AdaGrad
    return theta, before
