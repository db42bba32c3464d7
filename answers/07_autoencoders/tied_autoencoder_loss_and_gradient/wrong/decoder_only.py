"""the encoder's path forgotten

It looks like dW has the decoder's part only. W acts twice, and changes the code as well: add the
path through the encoder.

Breaks: the weights of both layers
"""


def tied_autoencoder_loss_and_gradient(X, W, b, c):
    X, W, b, c = as_tied(X, W, b, c)
    m = len(X)
    Y = X @ W + b
    R = Y @ W.T + c - X
    dW = 2 / m * R.T @ Y
    return np.sum(R**2) / m, dW, 2 / m * np.sum(R @ W, axis=0), 2 / m * np.sum(R, axis=0)
