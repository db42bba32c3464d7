"""Component by component."""


def adagrad_step(theta, gradient, squares, alpha, epsilon=1e-8):
    theta, gradient, squares = as_arrays(theta=theta, gradient=gradient, squares=squares)
    new_theta, new_squares = np.zeros_like(theta), np.zeros_like(squares)
    for i in range(len(theta)):
        new_squares[i] = squares[i] + gradient[i] * gradient[i]
        new_theta[i] = theta[i] - alpha * gradient[i] / math.sqrt(new_squares[i] + epsilon)
    return new_theta, new_squares
