"""the order of scikit-learn

It looks like the four counts come as TN, FP, FN, TP, which is how scikit-learn lays out its
matrix. Here the order is TP, FP, FN, TN.
"""


def counts_at(y, score, threshold):
    y, score = as_scored(y, score, both=False)
    require_cut(threshold)
    positive = score >= threshold
    tp, fp = np.sum(positive & (y == 1)), np.sum(positive & (y == 0))
    return np.sum(y == 0) - fp, fp, np.sum(y == 1) - tp, tp
