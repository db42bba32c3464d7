"""overflow

It looks like some result is not a number: where the input is large, an infinity is divided by
an infinity. Which way of writing σ leaves only one exponential?
"""


def p_hidden(v, W, b):
    W, b, v = as_rbm(W, b=b, v=v)
    e = np.exp(v @ W + b)
    return e / (1 + e)


def p_visible(h, W, a):
    W, a, h = as_rbm(W, a=a, h=h)
    e = np.exp(h @ W.T + a)
    return e / (1 + e)
