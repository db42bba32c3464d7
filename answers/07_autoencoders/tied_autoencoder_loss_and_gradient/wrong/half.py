"""a half in the loss

It looks like the loss has a factor 1/2, as unit 01's had, and the gradients follow it. Here the
loss is the plain mean of squared lengths.

Breaks: loss : float
"""


def tied_autoencoder_loss_and_gradient(X, W, b, c):
    X, W, b, c = as_tied(X, W, b, c)
    m = len(X)
    Y = X @ W + b
    R = Y @ W.T + c - X
    dW = 1 / m * (R.T @ Y + X.T @ R @ W)
    return np.sum(R**2) / (2 * m), dW, np.sum(R @ W, axis=0) / m, np.sum(R, axis=0) / m
