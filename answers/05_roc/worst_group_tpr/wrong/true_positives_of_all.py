"""divided by all events of the group

It looks like true positives are divided by all events of the group, background too. Divide by
its signal events.
"""


def worst_group_tpr(y, score, group, threshold):
    y, score = as_scored(y, score)
    group = as_groups(group, y)
    require_cut(threshold)
    passed = score >= threshold
    groups = np.unique(group[y == 1])
    rates = np.array([np.mean(passed[group == g] & (y[group == g] == 1)) for g in groups])
    return np.min(rates), groups[np.argmin(rates)]
