"""factor 2

It looks like a factor 2 stands in the exponent. ΔE already is the whole difference of the two
energies.
"""


def p_on(delta_e, beta):
    require_not_negative(beta=beta)
    return np.exp(-np.logaddexp(0, 2 * beta * np.asarray(delta_e)))
