"""the old memory divides

It looks like the step is divided by the memory from before it. Renew the memory first: from
rest you would divide by nothing.

Breaks: zeros at the start
"""


def rmsprop_step(theta, gradient, squares, alpha, beta=0.9, epsilon=1e-8):
    theta, gradient, squares = as_arrays(theta=theta, gradient=gradient, squares=squares)
    new = beta * squares + (1 - beta) * gradient**2
    return theta - alpha * gradient / np.sqrt(squares + epsilon), new
