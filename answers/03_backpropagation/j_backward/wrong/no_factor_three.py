"""the factor 3 is missing

It looks like the arrow from t to u2 carries 1. Since u2 = 3t, its local derivative is 3.
"""


def j_backward(x):
    x = float(as_array(x, "x", ndim=0))
    t = x**2
    u = math.sin(t) + 3 * t
    du = -math.sin(u)
    dt = du * math.cos(t) + du
    dx = dt * 2 * x
    return {"J": 1.0, "u": du, "u1": du, "u2": du, "t": dt, "x": dx}
