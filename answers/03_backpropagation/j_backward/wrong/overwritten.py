"""only the path through the factor 3

It looks like the derivative at t holds only what came back through 3t: perhaps the second line
overwrites the first. What comes back along several arrows is added.
"""


def j_backward(x):
    x = float(as_array(x, "x", ndim=0))
    t = x**2
    u = math.sin(t) + 3 * t
    du = -math.sin(u)
    dt = du * math.cos(t)
    dt = du * 3
    dx = dt * 2 * x
    return {"J": 1.0, "u": du, "u1": du, "u2": du, "t": dt, "x": dx}
