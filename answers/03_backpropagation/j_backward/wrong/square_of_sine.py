"""(sin x)² for sin(x²)

It looks like you square the sine. In this J the sine is taken of x²: sin t with t = x².
"""


def j_backward(x):
    x = float(as_array(x, "x", ndim=0))
    t = x**2
    u = math.sin(x) ** 2 + 3 * t
    du = -math.sin(u)
    dt = du * math.cos(t) + du * 3
    dx = dt * 2 * x
    return {"J": 1.0, "u": du, "u1": du, "u2": du, "t": dt, "x": dx}
