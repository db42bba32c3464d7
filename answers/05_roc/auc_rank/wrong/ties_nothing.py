"""ties count 0

It looks like a tie counts nothing. It counts one half, or a classifier that gives all events
one score would have AUC 0 in place of 1/2.

Breaks: Return the chance that signal
"""


def auc_rank(y, score):
    y, score = as_scored(y, score)
    a, b = score[y == 1][:, None], score[y == 0][None, :]

    return np.mean(a > b)
