"""divided by all signal events

It looks like each group's true positives are divided by all signal events. A rate is taken
within its group.
"""


def worst_group_tpr(y, score, group, threshold):
    y, score = as_scored(y, score)
    group = as_groups(group, y)
    require_cut(threshold)
    passed = score >= threshold
    rates = [(np.sum(passed[(group == g) & (y == 1)]) / np.sum(y == 1), g) for g in np.unique(group[y == 1])]
    return min(rates)
