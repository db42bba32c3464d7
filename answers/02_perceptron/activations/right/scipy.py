"""SciPy's own functions."""


ACTIVATIONS = ("step", "sigmoid", "tanh", "relu", "softplus", "linear")


from scipy.special import expit, softplus


def activate(name, z):
    require_option(ACTIVATIONS, name=name)
    z = as_array(z, "z")
    functions = {"sigmoid": expit, "softplus": softplus, "tanh": np.tanh, "linear": np.copy}
    functions |= {"relu": lambda z: np.clip(z, 0, None), "step": lambda z: np.heaviside(z, 1.0)}
    return functions[name](z)


def slope(name, a):
    require_option(ACTIVATIONS, name=name)
    a = as_array(a, "a")
    match name:
        case "sigmoid":
            return a * (1 - a)
        case "tanh":
            return 1 - np.square(a)
        case "relu":
            return np.sign(a)
        case "softplus":
            return 1 - np.exp(-a)
    return np.full(a.shape, float(name == "linear"))
