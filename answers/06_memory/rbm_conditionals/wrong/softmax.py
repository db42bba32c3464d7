"""softmax

It looks like the units of a layer share one probability among them. Given the other layer each
unit decides by itself.
"""


def p_hidden(v, W, b):
    W, b, v = as_rbm(W, b=b, v=v)
    e = np.exp(v @ W + b)
    return e / e.sum(axis=1, keepdims=True)


def p_visible(h, W, a):
    W, a, h = as_rbm(W, a=a, h=h)
    e = np.exp(h @ W.T + a)
    return e / e.sum(axis=1, keepdims=True)
