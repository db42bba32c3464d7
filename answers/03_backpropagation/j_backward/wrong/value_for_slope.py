"""the value of u2 in place of its slope

It looks like the arrow from t to u2 carries 3t, the value of u2. Its local derivative is 3: a line
has one slope, wherever you stand on it.
"""


def j_backward(x):
    x = float(as_array(x, "x", ndim=0))
    t = x**2
    u = math.sin(t) + 3 * t
    d = {"J": 1.0}
    d["u"] = -math.sin(u) * d["J"]
    d["u1"] = d["u2"] = d["u"]
    d["t"] = d["u1"] * math.cos(t) + d["u2"] * 3 * t
    d["x"] = d["t"] * 2 * x
    return d
