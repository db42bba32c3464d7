"""biases for the inputs

It looks like the inputs have biases too. They are given, not computed: only a layer that
computes has a row b.
"""


def count_parameters(sizes):
    sizes = as_sizes(sizes)
    return sum(a * b for a, b in itertools.pairwise(sizes)) + sum(sizes)
