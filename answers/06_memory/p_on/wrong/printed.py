"""the printed sign

It looks like a unit is on more often when that costs more energy, as in the misprint of the
erratum box. Low energy must be the likely side.

Breaks: E(on) − E(off).
"""


def p_on(delta_e, beta):
    require_not_negative(beta=beta)
    return np.exp(-np.logaddexp(0, -beta * np.asarray(delta_e)))
