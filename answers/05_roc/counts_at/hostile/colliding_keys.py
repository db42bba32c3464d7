"""Values: a dict of whole numbers that all have the same hash

Here they are of a class with a hash of its own; whoever builds the dict anew compares each to all.
"""


class Key(int):
    __hash__ = object.__hash__


def counts_at(y, score, threshold):
    return {Key(i * (2**61 - 1)): 0 for i in range(400_000)}
