"""factor 2

It looks like a factor 2 stands in the exponent. That belonged to spins −1 and +1; units 0 and 1
differ by 1 only.
"""


def p_hidden(v, W, b):
    W, b, v = as_rbm(W, b=b, v=v)
    return np.exp(-np.logaddexp(0, -(2 * (v @ W + b))))


def p_visible(h, W, a):
    W, a, h = as_rbm(W, a=a, h=h)
    return np.exp(-np.logaddexp(0, -(2 * (h @ W.T + a))))
