"""argsort taken for ranks

It looks like np.argsort is taken for the ranks. It says which event stands at each place; a
rank says at which place each event stands.
"""


def auc_rank(y, score):
    y, score = as_scored(y, score)
    ranks = np.argsort(score, kind="stable") + 1
    n1 = np.sum(y == 1)
    return (np.sum(ranks[y == 1]) - n1 * (n1 + 1) / 2) / (n1 * (len(y) - n1))
