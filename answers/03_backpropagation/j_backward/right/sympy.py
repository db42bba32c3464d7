"""SymPy differentiates J as a function of each node."""


def j_backward(x):
    x = float(as_array(x, "x", ndim=0))
    import sympy

    s = sympy.Symbol("s")
    t = x**2
    u1, u2 = math.sin(t), 3 * t
    as_function_of = {
        "J": (s, math.cos(u1 + u2)),
        "u": (sympy.cos(s), u1 + u2),
        "u1": (sympy.cos(s + u2), u1),
        "u2": (sympy.cos(u1 + s), u2),
        "t": (sympy.cos(sympy.sin(s) + 3 * s), t),
        "x": (sympy.cos(sympy.sin(s**2) + 3 * s**2), x),
    }
    return {
        node: float(sympy.diff(expression, s).subs(s, at))
        for node, (expression, at) in as_function_of.items()
    }
