"""Plain Python, number by number."""


def p_on(delta_e, beta):
    require_not_negative(beta=beta)
    def one(x):
        if x > 0:
            return math.exp(-x) / (1 + math.exp(-x))
        return 1 / (1 + math.exp(x))

    import math

    cost = np.asarray(delta_e, dtype=float)
    if cost.ndim == 0:
        return one(beta * float(cost))
    return np.array([one(beta * float(x)) for x in cost.ravel()]).reshape(cost.shape)
