"""Plain Python, layer by layer."""


def count_parameters(sizes):
    sizes = as_sizes(sizes)
    total = 0
    for i in range(1, len(sizes)):
        total += sizes[i - 1] * sizes[i]
        total += sizes[i]
    return total
