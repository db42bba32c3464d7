"""σ without brackets

It looks like 1 is divided by 1, and the exponential added then. Put what stands below the line
in brackets.
"""


def p_on(delta_e, beta):
    require_not_negative(beta=beta)
    return 1 / 1 + np.exp(beta * np.asarray(delta_e))
