"""units counted

It looks like you count units. Between two layers every unit of one is connected to every unit
of the other: those connections are the weights.
"""


def count_parameters(sizes):
    sizes = as_sizes(sizes)
    return sum(sizes)
