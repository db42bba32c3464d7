"""overflow

It looks like some result is not a number: where the exponent is large, an infinity is divided
by an infinity. Which way of writing σ leaves only one exponential?
"""


def p_on(delta_e, beta):
    require_not_negative(beta=beta)
    weight = np.exp(-beta * np.asarray(delta_e))
    return weight / (1 + weight)
