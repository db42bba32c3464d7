"""the code without its bias in dW

It looks like the decoder's part of dW uses X W in place of the whole code. The code is X W + b
there as well.
"""


def tied_autoencoder_loss_and_gradient(X, W, b, c):
    X, W, b, c = as_tied(X, W, b, c)
    m = len(X)
    Y = X @ W + b
    R = Y @ W.T + c - X
    dW = 2 / m * (R.T @ (X @ W) + X.T @ R @ W)
    return np.sum(R**2) / m, dW, 2 / m * np.sum(R @ W, axis=0), 2 / m * np.sum(R, axis=0)
