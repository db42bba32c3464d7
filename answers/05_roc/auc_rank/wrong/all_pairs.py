"""divided by all pairs of events

It looks like you divide by the number of pairs of any two events, m². Only pairs of one signal
and one background event are asked: n₁ n₀ of them.
"""


def auc_rank(y, score):
    y, score = as_scored(y, score)
    a, b = score[y == 1][:, None], score[y == 0][None, :]

    return np.sum((a > b) + 0.5 * (a == b)) / len(y) ** 2
