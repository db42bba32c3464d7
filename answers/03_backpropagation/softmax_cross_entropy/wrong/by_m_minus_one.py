"""divided by m − 1

It looks like you divide by m − 1. That corrects a variance for its mean; loss and dZ are plain
means over m samples.
"""


def softmax_cross_entropy(Z, Y):
    Z, Y = as_tables(Z=Z, Y=Y)
    S = Z - Z.max(axis=1, keepdims=True)
    log_P = S - np.log(np.exp(S).sum(axis=1, keepdims=True))
    loss = -(Y * log_P).sum() / (len(Z) - 1)
    dZ = (np.exp(log_P) - Y) / (len(Z) - 1)
    return loss, dZ
