"""the three formulas of the text"""


def tied_autoencoder_loss_and_gradient(X, W, b, c):
    X, W, b, c = as_tied(X, W, b, c)
    m = len(X)
    Y = X @ W + b
    R = Y @ W.T + c - X
    dW = 2 / m * (R.T @ Y + X.T @ R @ W)
    return (R**2).sum() / m, dW, 2 / m * (R @ W).sum(axis=0), 2 / m * R.sum(axis=0)
