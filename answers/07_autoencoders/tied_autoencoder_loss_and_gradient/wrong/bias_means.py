"""bias gradients not averaged

It looks like the gradients of b and c are sums over the samples, while that of W is a mean. All
three belong to one loss: divide by m.
"""


def tied_autoencoder_loss_and_gradient(X, W, b, c):
    X, W, b, c = as_tied(X, W, b, c)
    m = len(X)
    Y = X @ W + b
    R = Y @ W.T + c - X
    dW = 2 / m * (R.T @ Y + X.T @ R @ W)
    return np.sum(R**2) / m, dW, 2 * np.sum(R @ W, axis=0), 2 * np.sum(R, axis=0)
