"""a step in place of ReLU

It looks like ReLU answers 0 and 1. That is its slope; above 0 it is z itself.
"""


ACTIVATIONS = ("step", "sigmoid", "tanh", "relu", "softplus", "linear")


def activate(name, z):
    require_option(ACTIVATIONS, name=name)
    z = as_array(z, "z")
    if name == "step":
        return np.where(z >= 0, 1.0, 0.0)
    if name == "linear":
        return z
    if name == "sigmoid":
        return (1 + np.tanh(z / 2)) / 2
    if name == "tanh":
        return np.tanh(z)
    if name == "relu":
        return np.where(z > 0, 1.0, 0.0)
    return np.logaddexp(0, z)


def slope(name, a):
    require_option(ACTIVATIONS, name=name)
    a = as_array(a, "a")
    if name == "step":
        return np.zeros_like(a)
    if name == "linear":
        return np.ones_like(a)
    if name == "sigmoid":
        return a * (1 - a)
    if name == "tanh":
        return 1 - a**2
    if name == "relu":
        return np.where(a > 0, 1.0, 0.0)
    return 1 - np.exp(-a)
