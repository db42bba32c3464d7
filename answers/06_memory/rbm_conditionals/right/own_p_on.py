"""Through the student's own p_on at beta = 1."""


def p_hidden(v, W, b):
    W, b, v = as_rbm(W, b=b, v=v)
    return p_on(-(v @ W + b), 1)


def p_visible(h, W, a):
    W, a, h = as_rbm(W, a=a, h=h)
    return p_on(-(h @ W.T + a), 1)
