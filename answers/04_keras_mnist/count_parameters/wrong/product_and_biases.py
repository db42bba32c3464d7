"""all sizes multiplied

It looks like all sizes are multiplied together. A weight joins two neighbouring layers: multiply
each size with the next one, and add up.
"""


def count_parameters(sizes):
    sizes = as_sizes(sizes)
    return int(np.prod(sizes)) + sum(sizes[1:])
