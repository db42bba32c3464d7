"""sine not differentiated

It looks like the sine is still a sine on the way back. Along the arrow from t to u1 goes its
derivative.
"""


def j_backward(x):
    x = float(as_array(x, "x", ndim=0))
    t = x**2
    u = math.sin(t) + 3 * t
    du = -math.sin(u)
    dt = du * math.sin(t) + du * 3
    dx = dt * 2 * x
    return {"J": 1.0, "u": du, "u1": du, "u2": du, "t": dt, "x": dx}
