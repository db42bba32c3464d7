"""SciPy's logistic function."""


def p_hidden(v, W, b):
    W, b, v = as_rbm(W, b=b, v=v)
    from scipy.special import expit

    return expit(np.einsum('mi,ij->mj', v, W) + b)


def p_visible(h, W, a):
    W, a, h = as_rbm(W, a=a, h=h)
    from scipy.special import expit

    return expit(np.inner(h, W) + a)
