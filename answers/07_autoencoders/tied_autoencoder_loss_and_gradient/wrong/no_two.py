"""the factor 2 missing in the gradients

It looks like the gradients lack the factor 2 that comes down from the square. The loss itself is
right.
"""


def tied_autoencoder_loss_and_gradient(X, W, b, c):
    X, W, b, c = as_tied(X, W, b, c)
    m = len(X)
    Y = X @ W + b
    R = Y @ W.T + c - X
    dW = 1 / m * (R.T @ Y + X.T @ R @ W)
    return np.sum(R**2) / m, dW, np.sum(R @ W, axis=0) / m, np.sum(R, axis=0) / m
