"""steepness without the 20

It looks like the steepness is n. It is 20 n, so that a bump is much wider than its edges are
soft.
"""


def approximate(f, n_bumps):
    require_whole(least=1, n_bumps=n_bumps)
    edges = np.linspace(0, 1, n_bumps + 1)
    middles = (edges[:-1] + edges[1:]) / 2
    edges[0], edges[-1] = -1, 2

    def g(x):
        pieces = zip(edges[:-1], edges[1:], f(middles), strict=True)
        return sum(bump(x, left, right, h, n_bumps) for left, right, h in pieces)

    return g
