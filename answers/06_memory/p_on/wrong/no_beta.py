"""beta forgotten

It looks like the temperature plays no part. At beta = 0 both states must be equally likely,
whatever they cost.

Breaks: beta : float
"""


def p_on(delta_e, beta):
    require_not_negative(beta=beta)
    return np.exp(-np.logaddexp(0, np.asarray(delta_e, dtype=float)))
