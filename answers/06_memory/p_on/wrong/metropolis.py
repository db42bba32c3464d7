"""Metropolis's rule

It looks like you return the probability of accepting a turn. Asked for is how likely the unit
is on, whatever it was before.
"""


def p_on(delta_e, beta):
    require_not_negative(beta=beta)
    return np.minimum(1, np.exp(-beta * np.asarray(delta_e)))
