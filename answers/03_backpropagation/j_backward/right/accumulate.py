"""As the deck says it: all derivatives start at 0, every node adds to its parents."""


def j_backward(x):
    x = float(as_array(x, "x", ndim=0))
    t = x * x
    u1, u2 = np.sin(t), 3 * t
    u = u1 + u2
    d = dict.fromkeys(["J", "u", "u1", "u2", "t", "x"], 0.0)
    d["J"] += 1
    for parent, child, local in [
        ("u", "J", -np.sin(u)),
        ("u1", "u", 1),
        ("u2", "u", 1),
        ("t", "u1", np.cos(t)),
        ("t", "u2", 3),
        ("x", "t", 2 * x),
    ]:
        d[parent] += d[child] * local
    return d
