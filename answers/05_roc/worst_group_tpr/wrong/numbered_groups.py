"""groups taken to be 0, 1, 2

It looks like the groups are taken to be 0, 1 and 2. They are whole numbers, but any: ask the
array which ones there are.

Breaks: A whole number for
"""


def worst_group_tpr(y, score, group, threshold):
    y, score = as_scored(y, score)
    group = as_groups(group, y)
    require_cut(threshold)
    passed = score >= threshold
    groups = [g for g in range(3) if np.any((group == g) & (y == 1))]
    rates = [np.mean(passed[(group == g) & (y == 1)]) for g in groups]
    return np.min(rates), groups[np.argmin(rates)]
