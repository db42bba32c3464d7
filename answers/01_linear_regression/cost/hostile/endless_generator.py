"""Iteration: an answer that never ends

A generator, and an instance whose length and items have no end.
"""


def cost(X, y, theta):
    while True:
        yield 0.0
