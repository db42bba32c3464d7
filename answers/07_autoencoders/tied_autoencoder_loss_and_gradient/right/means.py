"""means in place of sums"""


def tied_autoencoder_loss_and_gradient(X, W, b, c):
    X, W, b, c = as_tied(X, W, b, c)
    Y = X @ W + b
    R = Y @ W.T + c - X
    loss = np.mean(np.sum(np.square(R), axis=1))
    decoder = np.mean(R[:, :, None] * Y[:, None, :], axis=0)
    encoder = np.mean(X[:, :, None] * (R @ W)[:, None, :], axis=0)
    return loss, 2 * (decoder + encoder), 2 * np.mean(R @ W, axis=0), 2 * np.mean(R, axis=0)
