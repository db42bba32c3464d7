"""no σ

It looks like you return the input itself. A probability lies between 0 and 1: the input still
goes through σ.
"""


def p_hidden(v, W, b):
    W, b, v = as_rbm(W, b=b, v=v)
    return v @ W + b


def p_visible(h, W, a):
    W, a, h = as_rbm(W, a=a, h=h)
    return h @ W.T + a
