"""the stub's first line is gone

It looks like the stub's first line is gone. It turns lists into arrays and refuses what does
not fit: put it back above your own lines.

Breaks: Z, Y : array_like, (m, k)
"""


def softmax_cross_entropy(Z, Y):
    Z, Y = (Z, Y) if isinstance(Z, np.ndarray) else ([*Z], [*Y])
    m, k = Z.shape
    S = Z - Z.max(axis=1, keepdims=True)
    log_P = S - np.log(np.exp(S).sum(axis=1, keepdims=True))
    loss = -(Y * log_P).sum() / len(Z)
    dZ = (np.exp(log_P) - Y) / len(Z)
    return loss, dZ
