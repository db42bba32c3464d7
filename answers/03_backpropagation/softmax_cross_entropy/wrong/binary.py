"""binary cross-entropy

It looks like the loss has a second term (1 − Y) ln(1 − P). That belongs to one output with two
labels; with a column for each class the sum over Y ln P is all.

Breaks: Mean cross-entropy of softmax
"""


def softmax_cross_entropy(Z, Y):
    Z, Y = as_tables(Z=Z, Y=Y)
    S = Z - Z.max(axis=1, keepdims=True)
    log_P = S - np.log(np.exp(S).sum(axis=1, keepdims=True))
    P = np.exp(log_P)
    loss = -(Y * log_P + (1 - Y) * np.log1p(-P)).sum() / len(Z)
    return loss, (P - Y) / len(Z)
