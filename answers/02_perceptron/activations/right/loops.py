"""Number by number, with the math library."""


ACTIVATIONS = ("step", "sigmoid", "tanh", "relu", "softplus", "linear")


import math


def one(name, z):
    if name == "step":
        return float(z >= 0)
    if name == "sigmoid":
        return 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))
    if name == "tanh":
        return math.tanh(z)
    if name == "relu":
        return max(0.0, z)
    if name == "softplus":
        return z if z > 40 else math.log1p(math.exp(z))
    return z


def one_slope(name, a):
    rules = {"sigmoid": a * (1 - a), "tanh": 1 - a * a, "relu": float(a > 0), "linear": 1.0}
    return 1 - math.exp(-a) if name == "softplus" else rules.get(name, 0.0)


def activate(name, z):
    require_option(ACTIVATIONS, name=name)
    z = as_array(z, "z")
    return np.array([one(name, item) for item in z.flat]).reshape(z.shape)


def slope(name, a):
    require_option(ACTIVATIONS, name=name)
    a = as_array(a, "a")
    return np.array([one_slope(name, item) for item in a.flat]).reshape(a.shape)
