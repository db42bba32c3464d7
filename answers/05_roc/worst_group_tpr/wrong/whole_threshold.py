"""threshold cut to a whole number

It looks like the threshold is rounded to a whole number. Scores are compared with it as it is.

Breaks: threshold : float
"""


def worst_group_tpr(y, score, group, threshold):
    y, score = as_scored(y, score)
    group = as_groups(group, y)
    require_cut(threshold)
    threshold = int(threshold)
    passed = score >= threshold
    rates = [(np.mean(passed[(group == g) & (y == 1)]), g) for g in np.unique(group[y == 1])]
    return min(rates)
