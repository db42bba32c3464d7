"""Wire: answers that are no values

The candidate's own encoder is replaced by one that sends, call by call, arrays longer than their
message, negative shapes, object types, trees longer than themselves, unknown tags, references to
nothing, generators that point outside their buffer and extension types.
"""
import itertools
import struct
import sys

import msgpack

codec = next(m for n, m in sys.modules.items() if n == "guest.values").Codec
trees = itertools.cycle([
    [1, "value", [7, "<f8", [1 << 39], True], [2, [], []]],
    [1, "value", [7, "|O", [1], True], [2, [], []]],
    [1, "value", [7, "<f8", [-1, -1], True], [2, [], []]],
    [1, "value", [99, 1], [2, [], []]],
    [1, "value", [18, 12345], [2, [], []]],
    [1, "value", [14, [2, ["bit_generator", "state"], ["MT19937", [2, ["pos"], [10**9]]]]], [2, [], []]],
    [1, "value", [0] * 2_000_000, [2, [], []]],
])
honest = codec.encode


def encode(self, value):
    if isinstance(value, tuple) and value and value[0] == "value":
        tree = msgpack.packb(next(trees))
        return struct.pack("!I", len(tree)) + tree
    return honest(self, value)


codec.encode = encode

# %% nbgrader={"grade_id": "period"}
def period(length, g=9.81): return 0.0
