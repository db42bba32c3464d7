"""only the 1 multiplied

It looks like the sum of inputs and bias has no brackets: a product goes before a plus. What is
multiplied by the units of the layer?
"""


def count_parameters(sizes):
    sizes = as_sizes(sizes)
    return sum(n_in + 1 * n_out for n_in, n_out in itertools.pairwise(sizes))
