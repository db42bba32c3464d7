"""single numbers and tables are not taken"""


def approximate(f, n_bumps):
    require_whole(least=1, n_bumps=n_bumps)
    edges = np.linspace(0, 1, n_bumps + 1)
    middles = (edges[:-1] + edges[1:]) / 2
    edges[0], edges[-1] = -1, 2

    def g(x):
        pieces = list(zip(edges[:-1], edges[1:], f(middles), strict=True))
        return np.array([sum(bump(v, left, right, h, 20 * n_bumps) for left, right, h in pieces) for v in x])

    return g
