"""One sample after the other."""


def softmax_cross_entropy(Z, Y):
    Z, Y = as_tables(Z=Z, Y=Y)
    m, k = Z.shape
    loss, dZ = 0.0, np.zeros((m, k))
    for i in range(m):
        top = max(Z[i])
        weights = [math.exp(z - top) for z in Z[i]]
        log_total = math.log(sum(weights))
        for c in range(k):
            loss -= Y[i, c] * (Z[i, c] - top - log_total) / m
            dZ[i, c] = (weights[c] / sum(weights) - Y[i, c]) / m
    return loss, dZ
