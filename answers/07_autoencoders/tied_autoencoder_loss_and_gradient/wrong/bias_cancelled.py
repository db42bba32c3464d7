"""the bias taken back

It looks like b is subtracted again on the way out, as the erratum box tries. Then it has no
effect: the decoder adds its own bias c, and leaves b alone.
"""


def tied_autoencoder_loss_and_gradient(X, W, b, c):
    X, W, b, c = as_tied(X, W, b, c)
    m = len(X)
    Y = X @ W + b
    R = (Y - b) @ W.T + c - X
    dW = 2 / m * (R.T @ (Y - b) + X.T @ R @ W)
    return np.sum(R**2) / m, dW, np.zeros_like(b), 2 / m * np.sum(R, axis=0)
