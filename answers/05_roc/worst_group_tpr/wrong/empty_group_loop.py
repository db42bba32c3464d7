"""a group without signal counts as 0"""


def worst_group_tpr(y, score, group, threshold):
    y, score = as_scored(y, score)
    group = as_groups(group, y)
    require_cut(threshold)
    worst = (2.0, None)
    for g in sorted(set(group)):
        signal = [f for f, label, h in zip(score, y, group) if label == 1 and h == g]
        rate = sum(f >= threshold for f in signal) / len(signal) if signal else 0.0
        if rate < worst[0]:
            worst = (rate, g)
    return worst
