"""compared with the mean

It looks like each signal event is compared with the mean background score. Compare it with
every background event.
"""


def auc_rank(y, score):
    y, score = as_scored(y, score)
    return np.mean(score[y == 1] > np.mean(score[y == 0]))
