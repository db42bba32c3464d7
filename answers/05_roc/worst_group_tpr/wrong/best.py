"""the best group

It looks like you return the largest rate. The worst case is the smallest.

Breaks: Return the smallest true
"""


def worst_group_tpr(y, score, group, threshold):
    y, score = as_scored(y, score)
    group = as_groups(group, y)
    require_cut(threshold)
    passed = score >= threshold
    groups = np.unique(group[y == 1])
    rates = np.array([np.mean(passed[(group == g) & (y == 1)]) for g in groups])

    return np.max(rates), groups[np.argmax(rates)]
