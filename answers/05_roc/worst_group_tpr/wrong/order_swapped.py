"""group and rate swapped

It looks like the group is returned first. The rate comes first.

Breaks: tpr, group : float
"""


def worst_group_tpr(y, score, group, threshold):
    y, score = as_scored(y, score)
    group = as_groups(group, y)
    require_cut(threshold)
    passed = score >= threshold
    groups = np.unique(group[y == 1])
    rates = np.array([np.mean(passed[(group == g) & (y == 1)]) for g in groups])

    return groups[np.argmin(rates)], np.min(rates)
