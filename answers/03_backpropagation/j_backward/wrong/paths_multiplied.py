"""paths multiplied

It looks like the two paths into t are multiplied. Along one path you multiply, over different
paths you add.
"""


def j_backward(x):
    x = float(as_array(x, "x", ndim=0))
    t = x**2
    u = math.sin(t) + 3 * t
    du = -math.sin(u)
    dt = du * math.cos(t) * du * 3
    dx = dt * 2 * x
    return {"J": 1.0, "u": du, "u1": du, "u2": du, "t": dt, "x": dx}
