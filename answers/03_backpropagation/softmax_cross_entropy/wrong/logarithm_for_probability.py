"""log P − Y

It looks like the targets are taken from the logarithms. dZ compares probabilities with targets:
undo the logarithm first.
"""


def softmax_cross_entropy(Z, Y):
    Z, Y = as_tables(Z=Z, Y=Y)
    S = Z - Z.max(axis=1, keepdims=True)
    log_P = S - np.log(np.exp(S).sum(axis=1, keepdims=True))
    loss = -(Y * log_P).sum() / len(Z)
    dZ = (log_P - Y) / len(Z)
    return loss, dZ
