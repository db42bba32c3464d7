"""only single numbers are taken

It looks like x must be a single number, because a condition is asked of it. It may be an array
too: ask of each entry with a mask, or leave the condition out.

Breaks: callable, g(x) for x
"""


def approximate(f, n_bumps):
    require_whole(least=1, n_bumps=n_bumps)
    edges = np.linspace(0, 1, n_bumps + 1)
    middles = (edges[:-1] + edges[1:]) / 2
    edges[0], edges[-1] = -1, 2

    def g(x):
        if x < -1 or x > 2:
            return 0.0
        pieces = zip(edges[:-1], edges[1:], f(middles), strict=True)
        return sum(bump(x, left, right, h, 20 * n_bumps) for left, right, h in pieces)

    return g
