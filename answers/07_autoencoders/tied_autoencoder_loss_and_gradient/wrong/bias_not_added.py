"""the decoder's bias left out"""


def tied_autoencoder_loss_and_gradient(X, W, b, c):
    X, W, b, c = as_tied(X, W, b, c)
    Y = X @ W + b
    R = Y @ W.T - X
    m = len(X)
    return np.sum(R**2) / m, 2 / m * (R.T @ Y + X.T @ R @ W), 2 / m * (R @ W).sum(0), 2 / m * R.sum(0)
