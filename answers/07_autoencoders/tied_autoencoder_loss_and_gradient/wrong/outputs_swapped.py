"""db and dc swapped

It looks like db and dc have changed places. b is the encoder's bias, one number for each number
of the code.
"""


def tied_autoencoder_loss_and_gradient(X, W, b, c):
    X, W, b, c = as_tied(X, W, b, c)
    Y = X @ W + b
    R = Y @ W.T + c - X
    loss = np.sum(R**2) / len(X)
    dX_hat = 2 * R / len(X)
    dY = dX_hat @ W
    return loss, dX_hat.T @ Y + X.T @ dY, dX_hat.sum(axis=0), dY.sum(axis=0)
