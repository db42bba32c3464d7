"""Plain Python over samples and units."""


def p_hidden(v, W, b):
    W, b, v = as_rbm(W, b=b, v=v)
    out = np.zeros((len(v), len(b)))
    for row in range(len(v)):
        for j in range(len(b)):
            x = b[j] + sum(v[row, i] * W[i, j] for i in range(W.shape[0]))
            out[row, j] = 1 / (1 + np.exp(-x)) if x > 0 else np.exp(x) / (1 + np.exp(x))
    return out


def p_visible(h, W, a):
    W, a, h = as_rbm(W, a=a, h=h)
    out = []
    for sample in h:
        inputs = [a[i] + sum(sample * W[i]) for i in range(len(a))]
        out.append([1 / (1 + np.exp(-max(x, -700))) for x in inputs])
    return np.array(out)
