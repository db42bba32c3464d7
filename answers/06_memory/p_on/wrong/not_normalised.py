"""Boltzmann's factor alone

It looks like you return exp(−β ΔE), which is the ratio of on to off and may be above 1. A
probability also counts the other side.

Breaks: Return the probability that
"""


def p_on(delta_e, beta):
    require_not_negative(beta=beta)
    return np.exp(-beta * np.asarray(delta_e))
