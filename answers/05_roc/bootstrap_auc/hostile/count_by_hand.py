"""Random generators: the count of one that gives out so many draws is set by hand

To more digits than a machine's number has, and again before each draw; so it draws for ever.
"""


def bootstrap_auc(y, score, n, rng):
    if n == 1:
        rng.left = 10**300
        return 0.0, 1.0
    while True:
        rng.left = 10**300
        rng.random()
