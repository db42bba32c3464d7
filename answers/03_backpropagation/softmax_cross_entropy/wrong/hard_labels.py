"""targets taken as one class

It looks like only the largest target of each row counts. Rows of Y may be probabilities: sum
over all classes.

Breaks: Scores, and targets: probabilities
"""


def softmax_cross_entropy(Z, Y):
    Z, Y = as_tables(Z=Z, Y=Y)
    S = Z - Z.max(axis=1, keepdims=True)
    log_P = S - np.log(np.exp(S).sum(axis=1, keepdims=True))
    P = np.exp(log_P)
    Y = np.eye(Y.shape[1])[Y.argmax(axis=1)]
    loss = -(Y * log_P).sum() / len(Z)
    return loss, (P - Y) / len(Z)
