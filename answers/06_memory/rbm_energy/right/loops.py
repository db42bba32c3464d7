"""Plain Python, sample by sample."""


def rbm_energy(v, h, W, a, b):
    W, a, b, v, h = as_rbm(W, a=a, b=b, v=v, h=h)
    energies = []
    for x, y in zip(v, h):
        total = 0.0
        for i in range(len(a)):
            total -= a[i] * x[i]
            for j in range(len(b)):
                total -= x[i] * W[i, j] * y[j]
        energies.append(total - sum(b[j] * y[j] for j in range(len(b))))
    return np.array(energies)


def free_energy(v, W, a, b):
    W, a, b, v = as_rbm(W, a=a, b=b, v=v)
    out = []
    for x in v:
        inputs = [b[j] + sum(x * W[:, j]) for j in range(len(b))]
        soft = [max(u, 0) + np.log1p(np.exp(-abs(u))) for u in inputs]
        out.append(-sum(a * x) - sum(soft))
    return out
