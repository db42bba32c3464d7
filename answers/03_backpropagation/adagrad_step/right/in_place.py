"""In place on the guard's copies."""


def adagrad_step(theta, gradient, squares, alpha, epsilon=1e-8):
    theta, gradient, squares = as_arrays(theta=theta, gradient=gradient, squares=squares)
    squares += np.square(gradient)
    theta -= alpha * np.power(squares + epsilon, -0.5) * gradient
    return theta, squares
