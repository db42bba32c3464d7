"""heights taken at the right edge"""


def approximate(f, n_bumps):
    require_whole(least=1, n_bumps=n_bumps)
    edges = np.linspace(0, 1, n_bumps + 1)
    middles = (edges[:-1] + edges[1:]) / 2
    edges[0], edges[-1] = -1, 2

    def g(x):
        pieces = zip(edges[:-1], edges[1:], f(edges[1:]), strict=True)
        return sum(bump(x, left, right, h, 20 * n_bumps) for left, right, h in pieces)

    return g
