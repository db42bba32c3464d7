"""the encoder's bias left out

It looks like b never enters the code. The code is X W + b.

Breaks: the encoder's bias
"""


def tied_autoencoder_loss_and_gradient(X, W, b, c):
    X, W, b, c = as_tied(X, W, b, c)
    m = len(X)
    Y = X @ W + b
    R = Y @ W.T + c - X
    Y = X @ W
    R = Y @ W.T + c - X
    dW = 2 / m * (R.T @ Y + X.T @ R @ W)
    return np.sum(R**2) / m, dW, 2 / m * np.sum(R @ W, axis=0), 2 / m * np.sum(R, axis=0)
