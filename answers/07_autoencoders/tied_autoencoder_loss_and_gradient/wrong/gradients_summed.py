"""gradients not averaged

It looks like the gradients are sums over the samples, and the loss is their mean. 1/m belongs to
both.
"""


def tied_autoencoder_loss_and_gradient(X, W, b, c):
    X, W, b, c = as_tied(X, W, b, c)
    Y = X @ W + b
    R = Y @ W.T + c - X
    loss = np.sum(R**2) / len(X)
    dX_hat = 2 * R
    dY = dX_hat @ W
    return loss, dX_hat.T @ Y + X.T @ dY, dY.sum(axis=0), dX_hat.sum(axis=0)
