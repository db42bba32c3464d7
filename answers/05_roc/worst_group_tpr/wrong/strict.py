"""> in place of ≥

It looks like an event whose score equals the threshold is called negative. It is called
positive.
"""


def worst_group_tpr(y, score, group, threshold):
    y, score = as_scored(y, score)
    group = as_groups(group, y)
    require_cut(threshold)
    passed = score > threshold
    groups = np.unique(group[y == 1])
    rates = np.array([np.mean(passed[(group == g) & (y == 1)]) for g in groups])
    return np.min(rates), groups[np.argmin(rates)]
