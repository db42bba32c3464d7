"""never below one half

It looks like a chance below 1/2 is turned into 1 minus itself. A score that is mostly wrong has
an AUC below 1/2, and you want to see it.
"""


def auc_rank(y, score):
    y, score = as_scored(y, score)
    low, high = score[y == 0], score[y == 1]
    area = np.mean((1 + np.sign(high[:, None] - low)) / 2)
    return max(area, 1 - area)
