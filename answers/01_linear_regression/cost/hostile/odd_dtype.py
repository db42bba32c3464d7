"""Values: data types that are not numbers

Records, dates, text and empty shapes; metadata of a type that holds an object.
"""

turn = iter(range(10**9))


def cost(X, y, theta):
    kinds = [np.zeros(1, dtype=[("a", "f8"), ("b", "O")]), np.array("2020-01-01", dtype="M8[s]"),
             np.array("x" * 1000), np.zeros((0, 2**31)),
             np.zeros(1, dtype=np.dtype("f8", metadata={"f": print}))]
    return kinds[next(turn) % 5]
