"""σ without brackets

It looks like 1 is divided by 1, and the exponential added then. Put what stands below the line
in brackets.
"""


def p_hidden(v, W, b):
    W, b, v = as_rbm(W, b=b, v=v)
    return 1 / 1 + np.exp(-(v @ W + b))


def p_visible(h, W, a):
    W, a, h = as_rbm(W, a=a, h=h)
    return 1 / 1 + np.exp(-(h @ W.T + a))
