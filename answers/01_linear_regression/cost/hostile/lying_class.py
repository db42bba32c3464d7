"""Values: an instance that says it is a float

`__class__` is a property, so isinstance says yes; type says no.
"""


class Liar:
    @property
    def __class__(self): return float
    def __float__(self): return 0.0
    def __getattr__(self, name): raise SystemExit(0)
    def __len__(self): return -1
    def __index__(self): return 10**9


def cost(X, y, theta):
    return Liar()
