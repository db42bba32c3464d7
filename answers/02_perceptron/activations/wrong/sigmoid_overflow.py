"""sigmoid overflows

It looks like the sigmoid of a large z is not a number: e^z has grown past what a float can
hold, in the numerator and below. Write it so that the exponential can only become small.

Breaks: finite for any finite z
"""


ACTIVATIONS = ("step", "sigmoid", "tanh", "relu", "softplus", "linear")


def activate(name, z):
    require_option(ACTIVATIONS, name=name)
    z = as_array(z, "z")
    if name == "step":
        return np.where(z >= 0, 1.0, 0.0)
    if name == "sigmoid":
        return np.exp(z) / (1 + np.exp(z))
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
        return 1 - a**2
    if name == "relu":
        return np.where(a > 0, 1.0, 0.0)
    if name == "softplus":
        return 1 - np.exp(-a)
    return np.ones_like(a)
