"""dW transposed

It looks like dW has the shape of the transpose. A gradient has the shape of what it belongs to: (n,
k).

Breaks: dW, db, dc : arrays
"""


def tied_autoencoder_loss_and_gradient(X, W, b, c):
    X, W, b, c = as_tied(X, W, b, c)
    m = len(X)
    Y = X @ W + b
    R = Y @ W.T + c - X
    dW = 2 / m * (R.T @ Y + X.T @ R @ W).T
    return np.sum(R**2) / m, dW, 2 / m * np.sum(R @ W, axis=0), 2 / m * np.sum(R, axis=0)
