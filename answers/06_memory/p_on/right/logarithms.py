"""Through the logarithm of 1 + exp."""


def p_on(delta_e, beta):
    require_not_negative(beta=beta)
    return np.exp(-np.logaddexp(0, beta * np.asarray(delta_e)))
