"""half a height at the ends

It looks like the first bump begins at 0 and the last ends at 1, so that at the two ends only
half a height is left. Let them begin and end outside, where the docstring says.

Breaks: The first begins at −1
"""


def approximate(f, n_bumps):
    require_whole(least=1, n_bumps=n_bumps)
    edges = np.linspace(0, 1, n_bumps + 1)
    heights = f((edges[:-1] + edges[1:]) / 2)

    def g(x):
        total = 0
        for left, right, height in zip(edges[:-1], edges[1:], heights):
            total = total + bump(x, left, right, height, 20 * n_bumps)
        return total

    return g
