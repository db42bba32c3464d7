"""Fixes one spin after the other."""


def partition_function(W, theta, beta):
    W, theta = as_hopfield(W, theta)
    require_not_negative(beta=beta)
    require_few_units(W)
    def rest(s):
        if len(s) == len(theta):
            s = np.array(s)
            return np.exp(beta * (s @ W @ s / 2 - theta @ s))
        return rest([*s, -1]) + rest([*s, 1])

    return rest([])
