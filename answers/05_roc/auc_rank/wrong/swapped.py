"""background above signal

It looks like you count how often background outscores signal. That is 1 − AUC.

Breaks: Truth (1 signal
"""


def auc_rank(y, score):
    y, score = as_scored(y, score)
    a, b = score[y == 1][:, None], score[y == 0][None, :]

    return np.mean((a < b) + 0.5 * (a == b))
