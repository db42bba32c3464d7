"""one sample at a time"""


def tied_autoencoder_loss_and_gradient(X, W, b, c):
    X, W, b, c = as_tied(X, W, b, c)
    loss, dW, db, dc = 0.0, np.zeros_like(W), np.zeros_like(b), np.zeros_like(c)
    for x in X:
        y = x @ W + b
        r = W @ y + c - x
        loss += r @ r / len(X)
        dW += 2 * (np.outer(r, y) + np.outer(x, W.T @ r)) / len(X)
        db += 2 * (W.T @ r) / len(X)
        dc += 2 * r / len(X)
    return loss, dW, db, dc
