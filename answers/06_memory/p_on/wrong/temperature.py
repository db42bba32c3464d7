"""divided by beta

It looks like you divide by beta, as if it were the temperature. It is the inverse: large beta
is cold.

Breaks: Inverse temperature, not below
"""


def p_on(delta_e, beta):
    require_not_negative(beta=beta)
    with np.errstate(divide="ignore"):
        return np.exp(-np.logaddexp(0, np.asarray(delta_e) / np.float64(beta)))
