"""x is cut to a whole number

It looks like x is turned into a whole number, which drops what comes after the decimal point.
Keep it a float.

Breaks: x : float
"""


def j_backward(x):
    x = int(as_array(x, "x", ndim=0))
    t = x**2
    u = math.sin(t) + 3 * t
    d = {"J": 1.0}
    d["u"] = -math.sin(u) * d["J"]
    d["u1"] = d["u2"] = d["u"]  # a sum passes on to each what it gets
    d["t"] = d["u1"] * math.cos(t) + d["u2"] * 3
    d["x"] = d["t"] * 2 * x
    return d
