"""the last of equally bad groups

It looks like, of several equally bad groups, the one with the largest number is taken. Take the
smallest number.

Breaks: of equally bad ones
"""


def worst_group_tpr(y, score, group, threshold):
    y, score = as_scored(y, score)
    group = as_groups(group, y)
    require_cut(threshold)
    passed = score >= threshold
    groups = np.unique(group[y == 1])
    rates = np.array([np.mean(passed[(group == g) & (y == 1)]) for g in groups])

    worst = np.flatnonzero(rates == rates.min())[-1]
    return rates[worst], groups[worst]
