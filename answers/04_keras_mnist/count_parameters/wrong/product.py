"""product of all sizes

It looks like you multiply all sizes together. Only neighbouring layers are connected: their
products are added.

Breaks: Units of each layer
"""


def count_parameters(sizes):
    sizes = as_sizes(sizes)
    return int(np.prod(sizes))
