"""heights taken at the left edge"""


def approximate(f, n_bumps):
    require_whole(least=1, n_bumps=n_bumps)
    edges = np.linspace(0, 1, n_bumps + 1)
    middles = (edges[:-1] + edges[1:]) / 2
    edges[0], edges[-1] = -1, 2

    def g(x):
        return sum(bump(x, edges[i], edges[i + 1], f(edges[i]), 20 * n_bumps) for i in range(n_bumps))

    return g
