"""a dictionary of counts"""


def worst_group_tpr(y, score, group, threshold):
    y, score = as_scored(y, score)
    group = as_groups(group, y)
    require_cut(threshold)
    found, passed = {}, {}
    for label, f, g in zip(y.tolist(), score.tolist(), group.tolist()):
        if label == 1:
            found[g] = found.get(g, 0) + 1
            passed[g] = passed.get(g, 0) + (f >= threshold)
    return min((passed[g] / found[g], g) for g in found)
