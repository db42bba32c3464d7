"""index notation"""


def tied_autoencoder_loss_and_gradient(X, W, b, c):
    X, W, b, c = as_tied(X, W, b, c)
    Y = np.einsum("ij,jk->ik", X, W) + b
    R = np.einsum("ik,jk->ij", Y, W) + c - X
    G = 2 * R / X.shape[0]
    dY = np.einsum("ij,jk->ik", G, W)
    dW = np.einsum("ij,ik->jk", G, Y) + np.einsum("ij,ik->jk", X, dY)
    return np.einsum("ij,ij->", R, R) / X.shape[0], dW, dY.sum(0), G.sum(0)
