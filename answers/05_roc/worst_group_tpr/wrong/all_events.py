"""background counted too

It looks like the share that passes is taken of all events of a group. A true positive rate
knows signal events only.
"""


def worst_group_tpr(y, score, group, threshold):
    y, score = as_scored(y, score)
    group = as_groups(group, y)
    require_cut(threshold)
    passed = score >= threshold
    groups = np.unique(group[y == 1])
    rates = np.array([np.mean(passed[group == g]) for g in groups])
    return np.min(rates), groups[np.argmin(rates)]
