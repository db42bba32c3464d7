"""not divided by the number of pairs

It looks like you return the number of pairs won, U. The AUC is its share of all n₁ n₀ pairs.
"""


def auc_rank(y, score):
    y, score = as_scored(y, score)
    a, b = score[y == 1][:, None], score[y == 0][None, :]

    return np.sum((a > b) + 0.5 * (a == b))
