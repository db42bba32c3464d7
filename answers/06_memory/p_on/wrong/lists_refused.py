"""lists not turned into arrays

It looks like the function works on arrays only and fails for a list. Leave the stub's first lines in
place: they turn lists into arrays.

Breaks: delta_e : float or array_like
"""


def p_on(delta_e, beta):
    require_not_negative(beta=beta)
    return np.exp(-np.logaddexp(0, beta * delta_e))
