"""the place of the group in the list

It looks like you return at which place the worst group stands and not its number. Groups need
not be numbered 0, 1, 2: look up its name.
"""


def worst_group_tpr(y, score, group, threshold):
    y, score = as_scored(y, score)
    group = as_groups(group, y)
    require_cut(threshold)
    passed = score >= threshold
    groups = np.unique(group[y == 1])
    rates = np.array([np.mean(passed[(group == g) & (y == 1)]) for g in groups])

    return np.min(rates), np.argmin(rates)
