"""Subtract each row's largest entry."""


def softmax_cross_entropy(Z, Y):
    Z, Y = as_tables(Z=Z, Y=Y)
    S = Z - Z.max(axis=1, keepdims=True)
    total = np.exp(S).sum(axis=1, keepdims=True)
    loss = -np.mean(np.sum(Y * (S - np.log(total)), axis=1))
    return loss, (np.exp(S) / total - Y) / Z.shape[0]
