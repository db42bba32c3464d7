"""heights taken at x

It looks like every bump is as high as f at x itself. It then follows f by f: a bump's height is
one number, taken in its middle.
"""


def approximate(f, n_bumps):
    require_whole(least=1, n_bumps=n_bumps)
    edges = np.linspace(0, 1, n_bumps + 1)
    middles = (edges[:-1] + edges[1:]) / 2
    edges[0], edges[-1] = -1, 2

    def g(x):
        pieces = zip(edges[:-1], edges[1:], f(middles), strict=True)
        return sum(bump(x, left, right, f(x), 20 * n_bumps) for left, right, h in pieces)

    return g
