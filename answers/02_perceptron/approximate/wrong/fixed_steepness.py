"""steepness does not grow with the number of bumps

It looks like the steepness is 20, whatever the number of bumps. Narrower bumps need steeper
edges, or they smear into each other: 20 n.

Breaks: The steepness is 20 n
"""


def approximate(f, n_bumps):
    require_whole(least=1, n_bumps=n_bumps)
    edges = np.linspace(0, 1, n_bumps + 1)
    heights = f((edges[:-1] + edges[1:]) / 2)
    edges[0], edges[-1] = -1, 2

    def g(x):
        total = 0
        for left, right, height in zip(edges[:-1], edges[1:], heights):
            total = total + bump(x, left, right, height, 20)
        return total

    return g
