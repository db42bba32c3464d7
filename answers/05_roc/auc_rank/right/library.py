"""SciPy"""


def auc_rank(y, score):
    y, score = as_scored(y, score)
    from scipy.stats import mannwhitneyu

    signal, background = score[y == 1], score[y == 0]
    return mannwhitneyu(signal, background).statistic / (len(signal) * len(background))
