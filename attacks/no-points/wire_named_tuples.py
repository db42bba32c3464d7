"""Wire: named tuples and dicts with names that mean something to Python

Fields called __class__ and assert_passed, keys that are long, tuples of ten thousand fields.
"""

# %% nbgrader={"grade_id": "period"}
import collections


def period(length, g=9.81):
    kinds = [lambda: collections.namedtuple("Outcome", "passed message mistake")(True, "", None),
             lambda: {"__class__": float, "x" * 10**6: 1}, lambda: {i: i for i in range(20_000)}]
    return kinds[int(length * 1000) % 3]()
