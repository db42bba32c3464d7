"""Through the hyperbolic tangent."""


def p_hidden(v, W, b):
    W, b, v = as_rbm(W, b=b, v=v)
    return 0.5 * (1 + np.tanh(0.5 * (v @ W + b)))


def p_visible(h, W, a):
    W, a, h = as_rbm(W, a=a, h=h)
    return 0.5 * (1 + np.tanh(0.5 * (h @ W.T + a)))
