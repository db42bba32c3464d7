"""a group without signal counts as 0

It looks like a group that has no signal event is given the rate 0, and so is always the worst.
It has no rate: leave it out.

Breaks: Of groups with at
"""


def worst_group_tpr(y, score, group, threshold):
    y, score = as_scored(y, score)
    group = as_groups(group, y)
    require_cut(threshold)
    passed = score >= threshold
    groups = np.unique(group)
    rates = np.array(
        [
            np.sum(passed & (group == g) & (y == 1)) / max(np.sum((group == g) & (y == 1)), 1)
            for g in groups
        ]
    )
    return np.min(rates), groups[np.argmin(rates)]
