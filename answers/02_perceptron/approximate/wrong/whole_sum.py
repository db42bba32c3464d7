"""the sum is of the type of x

It looks like the sum of the bumps begins as zeros of the type of x. Where x is whole, as in g(0),
it has no room for decimals: begin with 0.0.
"""


def approximate(f, n_bumps):
    require_whole(least=1, n_bumps=n_bumps)
    edges = np.linspace(0, 1, n_bumps + 1)
    middles = (edges[:-1] + edges[1:]) / 2
    edges[0], edges[-1] = -1, 2

    def g(x):
        total = np.zeros_like(x)
        for left, right, middle in zip(edges[:-1], edges[1:], middles):
            total += bump(x, left, right, f(middle), 20 * n_bumps)
        return total

    return g
