"""lists not turned into arrays

It looks like the function works on arrays only and fails for a list. Leave the stub's first lines in
place: they turn lists into arrays.

Breaks: y, score : array_like
"""


def worst_group_tpr(y, score, group, threshold):
    group = as_groups(group, y)
    require_cut(threshold)
    passed = score >= threshold
    rates = [(np.mean(passed[(group == g) & (y == 1)]), g) for g in np.unique(group[y == 1])]
    return min(rates)
