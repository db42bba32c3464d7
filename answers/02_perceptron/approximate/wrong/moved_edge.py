"""the width of the first bump after its edge has moved

It looks like the steepness comes from edges[1] − edges[0]. That edge has been moved to −1, so this
is no longer the width 1/n: the steepness is 20 n.
"""


def approximate(f, n_bumps):
    require_whole(least=1, n_bumps=n_bumps)
    edges = np.linspace(0, 1, n_bumps + 1)
    middles = (edges[:-1] + edges[1:]) / 2
    edges[0], edges[-1] = -1, 2
    steepness = 20 / (edges[1] - edges[0])

    def g(x):
        pieces = zip(edges[:-1], edges[1:], f(middles))
        return sum(bump(x, left, right, h, steepness) for left, right, h in pieces)

    return g
