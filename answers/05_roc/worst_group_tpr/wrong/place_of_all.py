"""the place of the group in the list"""


def worst_group_tpr(y, score, group, threshold):
    y, score = as_scored(y, score)
    group = as_groups(group, y)
    require_cut(threshold)
    passed = score >= threshold
    groups = np.unique(group)
    rates = np.array(
        [
            np.mean(passed[(group == g) & (y == 1)]) if np.any((group == g) & (y == 1)) else np.inf
            for g in groups
        ]
    )
    return np.min(rates), np.argmin(rates)
