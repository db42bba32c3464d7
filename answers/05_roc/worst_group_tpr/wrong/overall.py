"""one rate for all groups

It looks like the rate is that of all signal events together. An average hides the worst group:
compute one rate for each.
"""


def worst_group_tpr(y, score, group, threshold):
    y, score = as_scored(y, score)
    group = as_groups(group, y)
    require_cut(threshold)
    passed = score >= threshold
    groups = np.unique(group[y == 1])
    rates = np.array([np.mean(passed[(group == g) & (y == 1)]) for g in groups])

    return np.mean(passed[y == 1]), groups[np.argmin(rates)]
