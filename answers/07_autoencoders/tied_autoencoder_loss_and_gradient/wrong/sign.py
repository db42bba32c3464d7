"""the sign of the gradients

It looks like the gradients point downhill. A gradient points uphill: the residual is output minus
input.

Breaks: Loss of the linear autoencoder
"""


def tied_autoencoder_loss_and_gradient(X, W, b, c):
    X, W, b, c = as_tied(X, W, b, c)
    m = len(X)
    Y = X @ W + b
    R = Y @ W.T + c - X
    dW = -2 / m * (R.T @ Y + X.T @ R @ W)
    return np.sum(R**2) / m, dW, -2 / m * np.sum(R @ W, axis=0), -2 / m * np.sum(R, axis=0)
