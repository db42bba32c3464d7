"""FPR in place of TPR

It looks like the rates are those of the background. The worst group is the one that loses most
*signal*.

Breaks: Truth (1 signal
"""


def worst_group_tpr(y, score, group, threshold):
    y, score = as_scored(y, score)
    group = as_groups(group, y)
    require_cut(threshold)
    passed = score >= threshold
    groups = np.unique(group[y == 0])
    rates = np.array([np.mean(passed[(group == g) & (y == 0)]) for g in groups])
    return np.min(rates), groups[np.argmin(rates)]
