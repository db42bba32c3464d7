"""samples centred

It looks like the mean of the samples is subtracted before they go in. The biases are there for
that: use X as it comes.

Breaks: Samples
"""


def tied_autoencoder_loss_and_gradient(X, W, b, c):
    X, W, b, c = as_tied(X, W, b, c)
    X = X - X.mean(axis=0)
    Y = X @ W + b
    R = Y @ W.T + c - X
    dY = 2 * R @ W / len(X)
    dW = 2 * R.T @ Y / len(X) + X.T @ dY
    return np.sum(R**2) / len(X), dW, dY.sum(axis=0), 2 * R.mean(axis=0)
