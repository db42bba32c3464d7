"""a single bump has only one open end

It looks like only a row of one bump is wrong: that bump is the first and the last, so it
begins outside on the left and ends outside on the right.
"""


def approximate(f, n_bumps):
    require_whole(least=1, n_bumps=n_bumps)
    n = n_bumps

    def g(x):
        total = 0
        for i in range(n):
            left, right = i / n, (i + 1) / n
            if i == 0:
                left = -1
            elif i == n - 1:
                right = 2
            total = total + bump(x, left, right, f((i + 0.5) / n), 20 * n)
        return total

    return g
