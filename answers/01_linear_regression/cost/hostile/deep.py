"""Values: a hundred thousand lists in one another

Anything that walks them by recursion runs out of stack.
"""


def cost(X, y, theta):
    value = []
    for _ in range(100_000):
        value = [value]
    return value
