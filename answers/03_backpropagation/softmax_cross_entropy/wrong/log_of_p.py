"""logarithm of P

It looks like the loss takes the logarithm of P itself. Where scores lie 1000 apart P is 0, its
logarithm is −∞, and 0 · ∞ is not a number: use ln P as worked out on paper.
"""


def softmax_cross_entropy(Z, Y):
    Z, Y = as_tables(Z=Z, Y=Y)
    S = Z - Z.max(axis=1, keepdims=True)
    log_P = S - np.log(np.exp(S).sum(axis=1, keepdims=True))
    P = np.exp(log_P)
    loss = -(Y * np.log(P)).sum() / len(Z)
    return loss, (P - Y) / len(Z)
