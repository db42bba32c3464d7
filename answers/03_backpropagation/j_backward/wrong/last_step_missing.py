"""the last step to x is missing

It looks like dJ/dx equals dJ/dt. One arrow is left, from x to t = x², and it carries 2x.

Breaks: Differentiate J = cos(sin
"""


def j_backward(x):
    x = float(as_array(x, "x", ndim=0))
    t = x**2
    u = math.sin(t) + 3 * t
    du = -math.sin(u)
    dt = du * math.cos(t) + du * 3
    dx = dt
    return {"J": 1.0, "u": du, "u1": du, "u2": du, "t": dt, "x": dx}
