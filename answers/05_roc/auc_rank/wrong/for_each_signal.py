"""one chance for each signal event

It looks like the result holds the chance of every signal event by itself. Asked for is one number, the
mean over all pairs.

Breaks: float
"""


def auc_rank(y, score):
    y, score = as_scored(y, score)
    signal, background = score[y == 1], score[y == 0]
    above = signal[:, None] > background
    return (above + 0.5 * (signal[:, None] == background)).mean(axis=1)
