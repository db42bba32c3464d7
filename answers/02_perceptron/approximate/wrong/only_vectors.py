"""single numbers and tables are not taken

It looks like x must be a row of numbers, because its length is asked for or a loop runs over
it. It may be a single number or a table too: add whole arrays.

Breaks: callable, g(x) for x
"""


def approximate(f, n_bumps):
    require_whole(least=1, n_bumps=n_bumps)
    edges = np.linspace(0, 1, n_bumps + 1)
    middles = (edges[:-1] + edges[1:]) / 2
    edges[0], edges[-1] = -1, 2

    def g(x):
        total = np.zeros(len(x))
        for left, right, h in zip(edges[:-1], edges[1:], f(middles), strict=True):
            total += bump(x, left, right, h, 20 * n_bumps)
        return total

    return g
