"""only the loss a mean over pixels

It looks like the loss is a mean over the pixels too, and its derivatives are those of a sum over
them. Sum over the pixels, and average over the samples.
"""


def tied_autoencoder_loss_and_gradient(X, W, b, c):
    X, W, b, c = as_tied(X, W, b, c)
    Y = X @ W + b
    R = Y @ W.T + c - X
    loss = np.mean(R**2)
    dX_hat = 2 * R / len(X)
    dY = dX_hat @ W
    return loss, dX_hat.T @ Y + X.T @ dY, dY.sum(axis=0), dX_hat.sum(axis=0)
