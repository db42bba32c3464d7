"""summed over the samples

It looks like loss and gradients are sums over the samples. The loss is a mean: divide all of them
by m.
"""


def tied_autoencoder_loss_and_gradient(X, W, b, c):
    X, W, b, c = as_tied(X, W, b, c)
    m = len(X)
    Y = X @ W + b
    R = Y @ W.T + c - X
    dW = 2 * (R.T @ Y + X.T @ R @ W)
    return np.sum(R**2), dW, 2 * np.sum(R @ W, axis=0), 2 * np.sum(R, axis=0)
