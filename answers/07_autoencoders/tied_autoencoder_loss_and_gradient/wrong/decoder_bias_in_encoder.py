"""the decoder's bias taken off the samples

It looks like the encoder's part of dW has X − c. The bias c is added on the way out; what met the
weights on the way in is X itself.
"""


def tied_autoencoder_loss_and_gradient(X, W, b, c):
    X, W, b, c = as_tied(X, W, b, c)
    m = len(X)
    Y = X @ W + b
    R = Y @ W.T + c - X
    dW = 2 / m * (R.T @ Y + (X - c).T @ R @ W)
    return np.sum(R**2) / m, dW, 2 / m * np.sum(R @ W, axis=0), 2 / m * np.sum(R, axis=0)
