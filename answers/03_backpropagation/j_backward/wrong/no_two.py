"""x instead of 2x

It looks like the square hands back x. The derivative of x² is 2x.
"""


def j_backward(x):
    x = float(as_array(x, "x", ndim=0))
    t = x**2
    u = math.sin(t) + 3 * t
    du = -math.sin(u)
    dt = du * math.cos(t) + du * 3
    dx = dt * x
    return {"J": 1.0, "u": du, "u1": du, "u2": du, "t": dt, "x": dx}
