"""All bumps at once: a layer of 2n sigmoid units and one linear unit."""


def approximate(f, n_bumps):
    require_whole(least=1, n_bumps=n_bumps)
    middle = (np.arange(n_bumps) + 0.5) / n_bumps
    left = np.arange(n_bumps) / n_bumps
    right = left + 1 / n_bumps
    left[0], right[-1] = -1, 2
    heights = np.array([float(f(m)) for m in middle])
    edges = np.concatenate([left, right])
    weights = np.concatenate([heights, -heights])

    def g(x):
        z = 20 * n_bumps * (np.asarray(x, dtype=float)[..., None] - edges)
        return (1 + np.tanh(z / 2)) / 2 @ weights

    return g
