"""the printed sign"""


def p_on(delta_e, beta):
    require_not_negative(beta=beta)
    return 1 / (1 + np.exp(-beta * np.asarray(delta_e)))
