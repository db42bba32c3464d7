"""scikit-learn"""


def worst_group_tpr(y, score, group, threshold):
    y, score = as_scored(y, score)
    group = as_groups(group, y)
    require_cut(threshold)
    from sklearn.metrics import recall_score

    called = (score >= threshold).astype(int)
    rates = {
        g: recall_score(y[group == g], called[group == g], zero_division=0)
        for g in np.unique(group[y == 1])
    }
    worst = min(rates, key=rates.get)
    return rates[worst], worst
