"""Values: a list that contains itself

And a dict that contains the list that contains it.
"""


def cost(X, y, theta):
    value = []
    value += [value, {"again": value}]
    return value
