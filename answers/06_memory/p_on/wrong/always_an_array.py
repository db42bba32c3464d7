"""an array for one number

It looks like the probability for a single number comes back as an array of one entry. Asked for is one
number then: np.asarray, not np.atleast_1d.

Breaks: one number, or an
"""


def p_on(delta_e, beta):
    require_not_negative(beta=beta)
    return np.exp(-np.logaddexp(0, beta * np.atleast_1d(delta_e)))
