"""db not carried through W

It looks like db is made from the code instead of from the residual. The output's derivative must
pass through W to reach b.
"""


def tied_autoencoder_loss_and_gradient(X, W, b, c):
    X, W, b, c = as_tied(X, W, b, c)
    m = len(X)
    Y = X @ W + b
    R = Y @ W.T + c - X
    dW = 2 / m * (R.T @ Y + X.T @ R @ W)
    return np.sum(R**2) / m, dW, 2 / m * np.sum(Y, axis=0), 2 / m * np.sum(R, axis=0)
