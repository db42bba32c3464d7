"""guard line deleted

It looks like a line of the stub that checks the input is missing or changed. Put it back: it turns lists
into arrays, and refuses in words what does not fit.

Breaks: If beta is below 0.
"""


def p_on(delta_e, beta):
    return np.exp(-np.logaddexp(0, beta * np.asarray(delta_e)))
