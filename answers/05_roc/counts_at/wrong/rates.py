"""rates in place of counts

It looks like you return rates between 0 and 1. Here the bare numbers of events are asked for;
the rates are made of them later.

Breaks: tp, fp, fn, tn : int
"""


def counts_at(y, score, threshold):
    y, score = as_scored(y, score, both=False)
    require_cut(threshold)
    positive = score >= threshold
    tpr = np.sum(positive & (y == 1)) / max(np.sum(y == 1), 1)
    fpr = np.sum(positive & (y == 0)) / max(np.sum(y == 0), 1)
    return tpr, fpr, 1 - tpr, 1 - fpr
