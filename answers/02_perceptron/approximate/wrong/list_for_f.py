"""f is given a list

It looks like f is given a list. It takes a number or an array: give it the array of all
middles, or one middle at a time.

Breaks: f : callable, of a number
"""


def approximate(f, n_bumps):
    require_whole(least=1, n_bumps=n_bumps)
    edges = np.linspace(0, 1, n_bumps + 1)
    middles = (edges[:-1] + edges[1:]) / 2
    edges[0], edges[-1] = -1, 2

    def g(x):
        pieces = zip(edges[:-1], edges[1:], f(middles.tolist()), strict=True)
        return sum(bump(x, left, right, h, 20 * n_bumps) for left, right, h in pieces)

    return g
