"""distinct scores numbered

It looks like the distinct scores are numbered, not the events. Events that tie use up several
numbers: the next score goes on after all of them.
"""


def auc_rank(y, score):
    y, score = as_scored(y, score)
    ranks = np.unique(score, return_inverse=True)[1] + 1
    n1 = np.sum(y == 1)
    return (np.sum(ranks[y == 1]) - n1 * (n1 + 1) / 2) / (n1 * (len(y) - n1))
