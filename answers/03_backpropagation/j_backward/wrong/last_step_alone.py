"""the last local derivative alone

It looks like dJ/dx is 2x alone. That is the local derivative of t; it passes on what has arrived
at t.
"""


def j_backward(x):
    x = float(as_array(x, "x", ndim=0))
    t = x**2
    u = math.sin(t) + 3 * t
    d = {"J": 1.0}
    d["u"] = -math.sin(u) * d["J"]
    d["u1"] = d["u2"] = d["u"]  # a sum passes on to each what it gets
    d["t"] = d["u1"] * math.cos(t) + d["u2"] * 3
    d["x"] = 2 * x
    return d
