"""3t differentiated by x

It looks like 3t is differentiated with respect to x already. At this arrow its input is t; the
step from t to x comes next, once.
"""


def j_backward(x):
    x = float(as_array(x, "x", ndim=0))
    t = x**2
    u = math.sin(t) + 3 * t
    d = {"J": 1.0}
    d["u"] = -math.sin(u) * d["J"]
    d["u1"] = d["u2"] = d["u"]  # a sum passes on to each what it gets
    d["t"] = d["u1"] * math.cos(t) + d["u2"] * 6 * x
    d["x"] = d["t"] * 2 * x
    return d
