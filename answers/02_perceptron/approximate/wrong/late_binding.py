"""every bump is the last one

It looks like all n bumps are the same one, the last. A function made in a loop sees the
variables as they are when it is called, after the loop: hand them over when you make it.
"""


def approximate(f, n_bumps):
    require_whole(least=1, n_bumps=n_bumps)
    n, pieces = n_bumps, []
    for i in range(n):
        left = -1 if i == 0 else i / n
        right = 2 if i == n - 1 else (i + 1) / n
        pieces.append(lambda x: bump(x, left, right, f((i + 0.5) / n), 20 * n))
    return lambda x: sum(p(x) for p in pieces)
