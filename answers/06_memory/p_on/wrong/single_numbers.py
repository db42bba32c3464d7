"""only single numbers are taken

It looks like the exponential takes single numbers alone, as math.exp does. An array of energies
is allowed: NumPy's goes entry by entry.
"""


def p_on(delta_e, beta):
    require_not_negative(beta=beta)
    return 1 / (1 + __import__('math').exp(beta * delta_e))
