"""mean over pixels too

It looks like everything is divided by the number of features as well, as np.mean does. The loss
sums over the features and averages over the samples.

Breaks: Mean over the samples of the
"""


def tied_autoencoder_loss_and_gradient(X, W, b, c):
    X, W, b, c = as_tied(X, W, b, c)
    m = len(X)
    Y = X @ W + b
    R = Y @ W.T + c - X
    dW = 2 / X.size * (R.T @ Y + X.T @ R @ W)
    return np.mean(R**2), dW, 2 / X.size * np.sum(R @ W, axis=0), 2 / X.size * np.sum(R, axis=0)
