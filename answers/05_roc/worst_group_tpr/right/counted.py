"""with one's own counts"""


def worst_group_tpr(y, score, group, threshold):
    y, score = as_scored(y, score)
    group = as_groups(group, y)
    require_cut(threshold)
    rates = {}
    for g in sorted(set(group.tolist())):
        tp, fp, fn, tn = counts_at(y[group == g], score[group == g], threshold)
        if tp + fn:
            rates[g] = tp / (tp + fn)
    worst = min(rates, key=rates.get)
    return rates[worst], worst
