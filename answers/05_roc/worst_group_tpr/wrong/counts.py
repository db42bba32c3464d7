"""counts in place of rates

It looks like you compare *numbers* of true positives. A small group is not a bad group: divide
by how many signal events it has.
"""


def worst_group_tpr(y, score, group, threshold):
    y, score = as_scored(y, score)
    group = as_groups(group, y)
    require_cut(threshold)
    passed = score >= threshold
    groups = np.unique(group[y == 1])
    counts = np.array([np.sum(passed[(group == g) & (y == 1)]) for g in groups])
    return np.min(counts), groups[np.argmin(counts)]
