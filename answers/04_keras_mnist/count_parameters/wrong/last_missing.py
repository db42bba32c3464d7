"""last layer forgotten

It looks like the last layer is missing. The outputs have weights and biases as well.
"""


def count_parameters(sizes):
    sizes = as_sizes(sizes)
    return sum((a + 1) * b for a, b in itertools.pairwise(sizes[:-1]))
