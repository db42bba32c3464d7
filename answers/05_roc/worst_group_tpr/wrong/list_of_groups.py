"""lists not turned into arrays

Breaks: group : array_like
"""


def worst_group_tpr(y, score, group, threshold):
    y, score = as_scored(y, score)
    require_cut(threshold)
    passed = score >= threshold
    rates = [(np.mean(passed[(group == g) & (y == 1)]), g) for g in np.unique(group[y == 1])]
    return min(rates)
