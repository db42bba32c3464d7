"""biases forgotten

It looks like the biases are missing: each unit has, besides its weights, one number b of its
own.

Breaks: Return how many weights
"""


def count_parameters(sizes):
    sizes = as_sizes(sizes)
    return sum(a * b for a, b in itertools.pairwise(sizes))
