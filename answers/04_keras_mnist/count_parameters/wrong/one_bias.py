"""one bias a layer

It looks like each layer has a single bias. The row b has shape (n_out,): one bias for each
unit.
"""


def count_parameters(sizes):
    sizes = as_sizes(sizes)
    return sum(a * b + 1 for a, b in itertools.pairwise(sizes))
