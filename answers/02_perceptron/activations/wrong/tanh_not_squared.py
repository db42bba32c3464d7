"""slope of tanh without the square

It looks like slope of tanh is 1 − a. Look at the exponent in the table.

Breaks: Return f′ where the activation
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
        return 1 - a
    if name == "relu":
        return np.where(a > 0, 1.0, 0.0)
    if name == "softplus":
        return 1 - np.exp(-a)
    return np.ones_like(a)
