"""biases forgotten

It looks like the biases play no part. Even without any input from the other layer a unit leans
to one side by its bias.

Breaks: Return p(h =
"""


def p_hidden(v, W, b):
    W, b, v = as_rbm(W, b=b, v=v)
    return np.exp(-np.logaddexp(0, -(v @ W)))


def p_visible(h, W, a):
    W, a, h = as_rbm(W, a=a, h=h)
    return np.exp(-np.logaddexp(0, -(h @ W.T)))
