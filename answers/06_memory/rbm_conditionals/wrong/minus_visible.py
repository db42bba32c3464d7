"""minus before the sum alone

It looks like the minus in the exponent meets the sum and not the bias, so the bias pulls the
wrong way. Put brackets around all of the input.
"""


def p_hidden(v, W, b):
    W, b, v = as_rbm(W, b=b, v=v)
    return np.exp(-np.logaddexp(0, -(v @ W + b)))


def p_visible(h, W, a):
    W, a, h = as_rbm(W, a=a, h=h)
    return np.exp(-np.logaddexp(0, -(h @ W.T) + a))
