"""guard line deleted

It looks like a line of the stub that checks the input is missing or changed. Put it back: it turns lists
into arrays, and refuses in words what does not fit.
"""


def worst_group_tpr(y, score, group, threshold):
    y, score = np.asarray(y), np.asarray(score, dtype=float)
    group = as_groups(group, y)
    require_cut(threshold)
    passed = score >= threshold
    rates = [(np.mean(passed[(group == g) & (y == 1)]), g) for g in np.unique(group[y == 1])]
    return min(rates)
