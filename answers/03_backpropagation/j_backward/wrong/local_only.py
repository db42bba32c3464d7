"""local derivatives only

It looks like each entry is only the local derivative of one arrow. Multiply by the derivative
that the node it leads to has already received.
"""


def j_backward(x):
    x = float(as_array(x, "x", ndim=0))
    t = x**2
    u = math.sin(t) + 3 * t
    return {"J": 1.0, "u": -math.sin(u), "u1": 1.0, "u2": 1.0, "t": math.cos(t) + 3, "x": 2 * x}
