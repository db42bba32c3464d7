"""slope of tanh like that of the sigmoid

It looks like slope of tanh is a(1 − a), the sigmoid's. tanh has 1 − a².
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
        return a * (1 - a)
    if name == "tanh":
        return a * (1 - a)
    if name == "relu":
        return np.where(a > 0, 1.0, 0.0)
    if name == "softplus":
        return 1 - np.exp(-a)
    return np.ones_like(a)
