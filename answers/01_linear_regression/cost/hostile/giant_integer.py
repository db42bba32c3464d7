"""Values: an integer of ten million digits

Turning it into text, or sending it, takes for ever.
"""


def cost(X, y, theta):
    return 1 << 40_000_000
