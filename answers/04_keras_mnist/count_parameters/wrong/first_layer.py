"""only the first layer

It looks like only the first layer is counted. Go through all neighbouring pairs of sizes, the
last one included.

Breaks: sizes : sequence of int
"""


def count_parameters(sizes):
    sizes = as_sizes(sizes)
    return (sizes[0] + 1) * sizes[1]
