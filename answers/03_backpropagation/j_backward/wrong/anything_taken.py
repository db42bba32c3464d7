"""anything is taken for x

It looks like NaN or a row of numbers is taken for x. The stub's first line refuses both: leave
it in place.

Breaks: ValueError for anything but
"""


def j_backward(x):
    x = np.array(x, dtype=float).ravel()[0]
    t = x**2
    u = math.sin(t) + 3 * t
    d = {"J": 1.0}
    d["u"] = -math.sin(u) * d["J"]
    d["u1"] = d["u2"] = d["u"]  # a sum passes on to each what it gets
    d["t"] = d["u1"] * math.cos(t) + d["u2"] * 3
    d["x"] = d["t"] * 2 * x
    return d
