"""every bump reaches the end

It looks like every bump ends at the last edge, so that they pile up. Bump i ends at its own
right edge, where the next one begins.
"""


def approximate(f, n_bumps):
    require_whole(least=1, n_bumps=n_bumps)
    edges = np.linspace(0, 1, n_bumps + 1)
    middles = (edges[:-1] + edges[1:]) / 2
    edges[0], edges[-1] = -1, 2

    def g(x):
        total = 0
        for i in range(n_bumps):
            total = total + bump(x, edges[i], edges[-1], f(middles[i]), 20 * n_bumps)
        return total

    return g
