"""The formulas as printed where they do not overflow; masks where they would."""


ACTIVATIONS = ("step", "sigmoid", "tanh", "relu", "softplus", "linear")


def activate(name, z):
    require_option(ACTIVATIONS, name=name)
    z = as_array(z, "z")
    if name == "step":
        return (z >= 0).astype(float)
    if name == "sigmoid":
        with np.errstate(over="ignore"):
            return 1 / (1 + np.exp(-z))
    if name == "tanh":
        return np.tanh(z)
    if name == "relu":
        return z * (z > 0)
    if name == "softplus":
        return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))
    return z


def slope(name, a):
    require_option(ACTIVATIONS, name=name)
    a = as_array(a, "a")
    if name == "step":
        return 0 * a
    if name == "sigmoid":
        return a - a * a
    if name == "tanh":
        return (1 - a) * (1 + a)
    if name == "relu":
        return (a > 0).astype(float)
    if name == "softplus":
        return -np.expm1(-a)
    return np.ones(a.shape)
