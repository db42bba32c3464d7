"""local derivative at the wrong node

It looks like the cosine is taken at x. The local derivative of u1 = sin t belongs at t, the
value that entered the sine.
"""


def j_backward(x):
    x = float(as_array(x, "x", ndim=0))
    t = x**2
    u = math.sin(t) + 3 * t
    du = -math.sin(u)
    dt = du * math.cos(x) + du * 3
    dx = dt * 2 * x
    return {"J": 1.0, "u": du, "u1": du, "u2": du, "t": dt, "x": dx}
