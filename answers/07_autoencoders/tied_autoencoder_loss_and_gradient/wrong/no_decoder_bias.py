"""the decoder's bias left out

It looks like the output is made without c. The decoder adds c after the transpose of W, else the
plane runs through the origin.

Breaks: the decoder's
"""


def tied_autoencoder_loss_and_gradient(X, W, b, c):
    X, W, b, c = as_tied(X, W, b, c)
    m = len(X)
    Y = X @ W + b
    R = Y @ W.T - X
    dW = 2 / m * (R.T @ Y + X.T @ R @ W)
    return np.sum(R**2) / m, dW, 2 / m * np.sum(R @ W, axis=0), np.zeros_like(c)
