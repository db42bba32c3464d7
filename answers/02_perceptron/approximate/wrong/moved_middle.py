"""middle taken after the ends were moved

It looks like the first and the last bump take their height from the middle of the widened bump,
far outside. Compute the heights before you move the outer edges.
"""


def approximate(f, n_bumps):
    require_whole(least=1, n_bumps=n_bumps)
    edges = np.linspace(0, 1, n_bumps + 1)
    edges[0], edges[-1] = -1, 2
    heights = f((edges[:-1] + edges[1:]) / 2)
    return lambda x: sum(
        bump(x, left, right, h, 20 * n_bumps)
        for left, right, h in zip(edges[:-1], edges[1:], heights)
    )
