"""The memory moves a share 1 − β of the way to the new square."""


def rmsprop_step(theta, gradient, squares, alpha, beta=0.9, epsilon=1e-8):
    theta, gradient, squares = as_arrays(theta=theta, gradient=gradient, squares=squares)
    squares = squares + (1 - beta) * (gradient * gradient - squares)
    step = np.divide(gradient, np.sqrt(np.add(squares, epsilon)))
    return theta - alpha * step, squares
