"""the average over the groups

It looks like you return the mean of the groups' rates. Minimax asks for the smallest.
"""


def worst_group_tpr(y, score, group, threshold):
    y, score = as_scored(y, score)
    group = as_groups(group, y)
    require_cut(threshold)
    passed = score >= threshold
    groups = np.unique(group[y == 1])
    rates = np.array([np.mean(passed[(group == g) & (y == 1)]) for g in groups])

    return np.mean(rates), groups[np.argmin(rates)]
