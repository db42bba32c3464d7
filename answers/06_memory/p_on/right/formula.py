"""As the formula stands; an infinite exponential gives 0, which is right."""


def p_on(delta_e, beta):
    require_not_negative(beta=beta)
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(beta * np.array(delta_e)))
