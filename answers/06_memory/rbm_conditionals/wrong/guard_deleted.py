"""guard line deleted

It looks like a line of the stub that checks the input is missing or changed. Put it back: it turns lists
into arrays, and refuses in words what does not fit.

Breaks: Raises ValueError if shapes
"""


def p_hidden(v, W, b):
    W, b, v = np.asarray(W), np.asarray(b), np.asarray(v)
    return np.exp(-np.logaddexp(0, -(v @ W + b)))


def p_visible(h, W, a):
    W, a, h = as_rbm(W, a=a, h=h)
    return np.exp(-np.logaddexp(0, -(h @ W.T + a)))
