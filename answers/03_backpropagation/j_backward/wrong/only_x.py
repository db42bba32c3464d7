"""one derivative in place of all

It looks like only the derivative with respect to x comes back. Return the whole dict, with an
entry for each node.

Breaks: dict of dJ/d(node)
"""


def j_backward(x):
    x = float(as_array(x, "x", ndim=0))
    t = x**2
    u = math.sin(t) + 3 * t
    d = {"J": 1.0}
    d["u"] = -math.sin(u) * d["J"]
    d["u1"] = d["u2"] = d["u"]  # a sum passes on to each what it gets
    d["t"] = d["u1"] * math.cos(t) + d["u2"] * 3
    d["x"] = d["t"] * 2 * x
    return d["x"]
