"""derivative taken of z in place of a

It looks like slope applies the activation once more, as if it were given z. It is given the
value a = f(z): the right column of the table needs no further σ or tanh.

Breaks: Values of the activation, not
"""


ACTIVATIONS = ("step", "sigmoid", "tanh", "relu", "softplus", "linear")


def activate(name, z):
    require_option(ACTIVATIONS, name=name)
    z = as_array(z, "z")
    if name == "step":
        return np.where(z >= 0, 1.0, 0.0)
    if name == "sigmoid":
        return (1 + np.tanh(z / 2)) / 2
    if name == "tanh":
        return np.tanh(z)
    if name == "relu":
        return np.maximum(z, 0)
    if name == "softplus":
        return np.logaddexp(0, z)
    return z


def slope(name, a):
    require_option(ACTIVATIONS, name=name)
    a = as_array(a, "a")
    if name == "step":
        return np.zeros_like(a)
    if name == "sigmoid":
        return activate("sigmoid", a) * (1 - activate("sigmoid", a))
    if name == "tanh":
        return 1 - np.tanh(a) ** 2
    if name == "relu":
        return np.where(a > 0, 1.0, 0.0)
    if name == "softplus":
        return activate("sigmoid", a)
    return np.ones_like(a)
