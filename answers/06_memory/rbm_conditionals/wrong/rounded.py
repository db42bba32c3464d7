"""rounded to 0 and 1

It looks like you return units, not probabilities. Drawing comes later; here the probabilities
themselves are asked for.
"""


def p_hidden(v, W, b):
    W, b, v = as_rbm(W, b=b, v=v)
    return ((v @ W + b) > 0).astype(float)


def p_visible(h, W, a):
    W, a, h = as_rbm(W, a=a, h=h)
    return ((h @ W.T + a) > 0).astype(float)
