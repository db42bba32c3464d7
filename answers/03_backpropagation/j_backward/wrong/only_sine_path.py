"""only the path through the sine

It looks like the derivative at t holds only what came back through the sine. t feeds u2 as
well: a node used twice adds up what comes back along both arrows.
"""


def j_backward(x):
    x = float(as_array(x, "x", ndim=0))
    t = x**2
    u = math.sin(t) + 3 * t
    du = -math.sin(u)
    dt = du * math.cos(t)
    dx = dt * 2 * x
    return {"J": 1.0, "u": du, "u1": du, "u2": du, "t": dt, "x": dx}
