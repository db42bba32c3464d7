"""bias row as long as the inputs

It looks like the bias row has the length of the layer's inputs. It is added to V @ W, so it has
one entry for each unit of the layer.
"""


def count_parameters(sizes):
    sizes = as_sizes(sizes)
    return sum(a * (b + 1) for a, b in itertools.pairwise(sizes))
