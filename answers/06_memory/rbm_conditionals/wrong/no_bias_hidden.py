"""hidden bias forgotten

It looks like b is not there in p_hidden. Each hidden unit has a bias, which says how willing it
is without any input.
"""


def p_hidden(v, W, b):
    W, b, v = as_rbm(W, b=b, v=v)
    return np.exp(-np.logaddexp(0, -(v @ W)))


def p_visible(h, W, a):
    W, a, h = as_rbm(W, a=a, h=h)
    return np.exp(-np.logaddexp(0, -(h @ W.T + a)))
