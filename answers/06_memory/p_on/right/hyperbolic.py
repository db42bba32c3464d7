"""Through the hyperbolic tangent, which never overflows."""


def p_on(delta_e, beta):
    require_not_negative(beta=beta)
    return 0.5 * (1 - np.tanh(0.5 * beta * np.asarray(delta_e, dtype=float)))
