"""Two dot products."""


def count_parameters(sizes):
    sizes = as_sizes(sizes)
    n = np.array(sizes)
    return int(n[:-1] @ n[1:] + n[1:].sum())
