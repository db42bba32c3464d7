"""no chance at all

It looks like the result is only ever 0, 1/2 or 1: that is the magnet at zero temperature. At a
finite beta both states happen.
"""


def p_on(delta_e, beta):
    require_not_negative(beta=beta)
    return np.heaviside(-beta * np.asarray(delta_e), 0.5)
