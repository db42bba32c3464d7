"""all pairs at once"""


def auc_rank(y, score):
    y, score = as_scored(y, score)
    gap = score[y == 1][:, None] - score[y == 0][None, :]
    return np.mean((1 + np.sign(gap)) / 2)
