"""the stub's first line is gone

It looks like the stub's first line is gone. It turns lists into arrays and refuses what does
not fit: put it back above your own lines.

Breaks: X, W, b, c : array_like
"""


def tied_autoencoder_loss_and_gradient(X, W, b, c):
    Y = X @ W + b
    R = Y @ W.T + c - X
    dY = 2 * R @ W / len(X)
    dW = 2 * R.T @ Y / len(X) + X.T @ dY
    return np.sum(R**2) / len(X), dW, dY.sum(axis=0), 2 * R.mean(axis=0)
