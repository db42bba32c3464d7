"""counts for each group at once"""


def worst_group_tpr(y, score, group, threshold):
    y, score = as_scored(y, score)
    group = as_groups(group, y)
    require_cut(threshold)
    names, place = np.unique(group[y == 1], return_inverse=True)
    passed = np.bincount(place, weights=score[y == 1] >= threshold, minlength=len(names))
    rates = passed / np.bincount(place)
    worst = np.argmin(rates)
    return rates[worst], names[worst]
